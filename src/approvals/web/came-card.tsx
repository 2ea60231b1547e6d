/** 承認結果 — what came of the move, in the place of its form; and the next order of a walk. */
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Card } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import type { Came } from './acting.ts'
import { StateBadge } from './line-parts.tsx'
import { listPath } from './addresses.ts'
import { type Walk } from './walk.ts'
import { OnwardButton } from './walk-bar.tsx'
import { useSay, useWords } from './words.ts'

interface CameCardProps {
  readonly came: Came
  readonly walk: Walk | null
}

export function CameCard({ came, walk }: CameCardProps) {
  const words = useWords()
  const say = useSay()
  const { state, says, why } = came
  const failed = state === 'failed' || state === 'expired'
  return (
    <Card title={words.act.result} arrived={1}>
      <div className="flex flex-col gap-4">
        <p>
          <StateBadge state={state} />
        </p>
        <Notice
          look={failed ? 'error' : 'success'}
          title={says === null ? words.act.came(words.states[state]) : say(says)}
          announced
        >
          {why !== null && <p>{say(why)}</p>}
        </Notice>
        <Actions>
          {walk ? (
            <OnwardButton walk={walk} came={state} />
          ) : (
            <ButtonLink to={listPath}>{words.show.toList}</ButtonLink>
          )}
        </Actions>
      </div>
    </Card>
  )
}
