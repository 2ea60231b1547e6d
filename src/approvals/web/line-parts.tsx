/** What the lists of 承認 and its 内容確認 say in the same words: state, deadline, account, people. */
import { parseAccountKey } from '#kit/account-number.ts'
import { AccountNumber } from '#ui/account.tsx'
import { minuteText } from '#ui/format.ts'
import { Badge, type BadgeLook } from '#ui/signs.tsx'
import type { ApprovalLine } from '../contract.ts'
import type { ShownState } from '../messages.screens.ja.ts'
import { useSay, useWords } from './words.ts'

const stateLooks: Readonly<Record<ShownState, BadgeLook>> = {
  'awaiting-approval': 'waiting',
  'awaiting-first': 'waiting',
  'awaiting-final': 'waiting',
  'awaiting-more': 'waiting',
  approved: 'done',
  recalled: 'neutral',
  'sent-back': 'refused',
  withdrawn: 'neutral',
  failed: 'refused',
  deleted: 'refused',
  expired: 'refused',
}

export function StateBadge({ state }: { readonly state: ShownState }) {
  const words = useWords()
  return <Badge look={stateLooks[state]}>{words.states[state]}</Badge>
}

type Line = { readonly line: ApprovalLine }

/** 承認期限, with a sign when it is near or over. */
export function Deadline({ line }: Line) {
  const words = useWords().list
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <time
        dateTime={line.deadline}
        className={
          line.deadlinePassed || line.deadlineNear
            ? 'figures font-bold whitespace-nowrap text-red-900'
            : 'figures whitespace-nowrap'
        }
      >
        {minuteText(line.deadline)}
      </time>
      {line.deadlinePassed ? (
        <Badge look="refused">{words.passed}</Badge>
      ) : (
        line.deadlineNear && <Badge look="waiting">{words.near}</Badge>
      )}
    </span>
  )
}

/** 本店営業部 普通 1234567; the kind in the visitor's language. */
export function PayingAccount({ line }: Line) {
  const account = parseAccountKey(line.accountKey)
  if (account === null) return line.accountName
  return (
    <span>
      <span lang="ja">{line.accountName.replace(/\s\S+\s\d{7}$/, '')}</span>{' '}
      <AccountNumber kind={account.kind} number={account.number} />
    </span>
  )
}

export function useNameOf(): (line: ApprovalLine) => string {
  const words = useWords().list
  return ({ name }) => (name === '' ? words.untitled : name)
}

/** 取引種別, and how many payees were never paid before. */
export function KindAndNew({ line }: Line) {
  const words = useWords().list
  const say = useSay()
  return (
    <span className="block text-sm text-ink-soft">
      {say(line.kind)}
      {line.newPayees > 0 && (
        <span className="block font-bold whitespace-nowrap text-red-900">
          {words.newPayees(line.newPayees)}
        </span>
      )}
    </span>
  )
}

type Names = readonly { readonly name: string }[]

export function usePeople(): (people: Names) => string {
  const { listed } = useWords().route
  return (people) => people.map(({ name }) => name).join(listed) || '—'
}

/** Several people in one cell; a name is never broken. */
export function People({ people }: { readonly people: Names }) {
  const { listed } = useWords().route
  if (people.length === 0) return '—'
  return (
    <span>
      {people.map(({ name }, index) => (
        <span key={name}>
          <span className="whitespace-nowrap">
            {name}
            {index < people.length - 1 && listed.trim()}
          </span>{' '}
        </span>
      ))}
    </span>
  )
}
