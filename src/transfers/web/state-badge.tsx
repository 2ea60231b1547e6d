/** 取引状態 — in its colour, with what is missing as the server says it. */
import { Badge, type BadgeLook } from '#ui/signs.tsx'
import type { TransferLine, TransferState } from '../contract.ts'
import { useSay } from './words.ts'

const looks: Readonly<Record<TransferState, BadgeLook>> = {
  draft: 'neutral',
  recalled: 'neutral',
  'sent-back': 'waiting',
  withdrawn: 'waiting',
  failed: 'refused',
  'awaiting-approval': 'waiting',
  accepted: 'done',
  executing: 'waiting',
  sent: 'waiting',
  completed: 'done',
  'partly-returned': 'refused',
  returned: 'refused',
  'not-executed': 'refused',
  cancelled: 'neutral',
  deleted: 'neutral',
  expired: 'neutral',
}

export function StateBadge({ line }: { readonly line: Pick<TransferLine, 'state' | 'stateSays'> }) {
  const say = useSay()
  return <Badge look={looks[line.state]}>{say(line.stateSays)}</Badge>
}
