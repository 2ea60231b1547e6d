/** 取引の状態 — who asked for it, until when it can be approved, and the 照合値 to compare. */
import type { Out } from '#kit/endpoint.ts'
import { minuteText, momentText } from '#ui/format.ts'
import { TextLink } from '#ui/links.tsx'
import { Card, Facts } from '#ui/page.tsx'
import { useHasPage } from '#ui/viewer.tsx'
import type { contract } from '../contract.ts'
import { Deadline, PayingAccount, StateBadge } from './line-parts.tsx'
import { useSay, useWords } from './words.ts'

interface StateCardProps {
  readonly shown: Pick<Out<typeof contract.showApproval>, 'line' | 'digest'>
}

export function StateCard({ shown: { line, digest } }: StateCardProps) {
  const words = useWords().show
  const waitsFor = useSay()(line.waitsFor)
  const hasOwnPage = useHasPage(line.path.replace(/\/[^/]*$/, ''))
  const waits = line.state.startsWith('awaiting')
  return (
    <Card
      title={words.heading}
      {...(hasOwnPage && { aside: <TextLink to={line.path}>{words.toOrder}</TextLink> })}
    >
      <Facts
        facts={[
          [
            words.state,
            <span key="state" className="flex flex-wrap items-baseline gap-x-3">
              <StateBadge state={line.state} />
              {waitsFor !== '' && <span>{waitsFor}</span>}
            </span>,
          ],
          [
            words.deadline,
            waits ? (
              <Deadline key="deadline" line={line} />
            ) : (
              <span key="deadline" className="figures">
                {minuteText(line.deadline)}
              </span>
            ),
          ],
          [words.requester, line.requester.name],
          [
            words.submittedAt,
            <span key="submitted" className="figures">
              {momentText(line.submittedAt)}
            </span>,
          ],
          [words.account, <PayingAccount key="account" line={line} />],
          [
            words.newPayees,
            <span key="new" className={line.newPayees > 0 ? 'font-bold text-red-900' : undefined}>
              {words.newPayeesCount(line.newPayees)}
            </span>,
          ],
          [words.digest, <Digest key="digest" digest={digest} />],
        ]}
      />
    </Card>
  )
}

/** In groups of four capitals, as the device writes it. */
function Digest({ digest }: { readonly digest: string }) {
  const words = useWords().show
  const groups = digest.toUpperCase().match(/.{1,4}/g) ?? []
  return (
    <>
      <span className="font-mono text-sm">{groups.join(' ')}</span>
      <span className="block text-sm text-ink-soft">{words.digestSays}</span>
    </>
  )
}
