/** 結果 (BFSK003) — 受付番号, and what happens next. Asked anew: a reload shows the same. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, PrintButton } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { dayText, minuteText } from '#ui/format.ts'
import { ButtonLink } from '#ui/links.tsx'
import { OrderSheetCards } from '#ui/order-sheet.tsx'
import { Actions, Card, Facts, Page } from '#ui/page.tsx'
import { Loading, Notice, StepIndicator } from '#ui/signs.tsx'
import type { TransferLine } from '../contract.ts'
import { useCopy } from './copying.ts'
import { useOrderPrint } from './order-print.ts'
import { StateBadge } from './state-badge.tsx'
import { client, lookAgainAfter, useSay, useSayRefusal, useWords } from './words.ts'

export function Done() {
  const words = useWords()
  const sayRefusal = useSayRefusal()
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery({
    queryKey: ['transfers', 'one', id],
    queryFn: () => client.showTransfer({ params: { id } }),
    refetchInterval: ({ state }) => (state.data ? lookAgainAfter(state.data.line.state) : false),
    throwOnError: (thrown) => sayRefusal(thrown) === null,
  })
  const { title } = words.done
  if (found.error && found.data === undefined) {
    return (
      <Page title={title} screenId="BFSK003">
        <Notice look="error" title={sayRefusal(found.error) ?? ''} announced />
      </Page>
    )
  }
  if (found.data === undefined) {
    return (
      <Page title={title} screenId="BFSK003">
        <Loading />
      </Page>
    )
  }
  const { line, sheet } = found.data
  return (
    <Page title={title} screenId="BFSK003" actions={<PrintButton />}>
      <StepIndicator steps={words.entry.steps} at={2} />
      <Outcome line={line} />
      <OrderSheetCards sheet={sheet} />
      <Next id={id} />
    </Page>
  )
}

/** States in which nothing was ordered after all. */
const refusedStates: readonly TransferLine['state'][] = ['not-executed', 'returned', 'failed']

function Outcome({ line }: { readonly line: TransferLine }) {
  const { done: words } = useWords()
  const say = useSay()
  const waits = line.state === 'awaiting-approval'
  const refused = refusedStates.includes(line.state)
  return (
    <>
      <Notice
        look={refused ? 'error' : 'success'}
        title={refused ? words.refused : waits ? words.submitted : words.accepted}
      >
        <p className="mt-1">
          {words.receiptNumber}{' '}
          <strong className="figures text-xl">{line.receiptNumber ?? '—'}</strong>
        </p>
      </Notice>
      <Card title={words.next}>
        <Facts
          facts={[
            [words.state, <StateBadge key="state" line={line} />],
            [
              words.next,
              <div key="next" className="flex flex-col gap-1">
                {line.waitsFor !== null && <p>{say(line.waitsFor)}</p>}
                {waits && line.deadline !== null && (
                  <p>{words.untilApproved(minuteText(line.deadline))}</p>
                )}
                <WhatNext line={line} />
              </div>,
            ],
          ]}
        />
      </Card>
    </>
  )
}

function WhatNext({ line }: { readonly line: TransferLine }) {
  const { done: words } = useWords()
  const say = useSay()
  const { state } = line
  if (state === 'awaiting-approval') return null
  if (state === 'accepted' && line.may.cancel)
    return <p>{words.booked(dayText(line.paymentDay))}</p>
  if (state === 'accepted' || state === 'executing' || state === 'sent') return <p>{words.now}</p>
  return <p>{state === 'completed' ? words.finished : say(line.stateSays)}</p>
}

function Next({ id }: { readonly id: string }) {
  const words = useWords().done
  const print = useOrderPrint(id)
  const copy = useCopy()
  const sayRefusal = useSayRefusal()
  const error = print.error ?? copy.error
  const sentence = sayRefusal(error)
  return (
    <>
      {error !== null &&
        (sentence === null ? (
          <FaultNotice error={error} />
        ) : (
          <Notice look="error" title={sentence} announced />
        ))}
      <Actions>
        <Button look="secondary" pending={print.isPending} onClick={() => print.mutate()}>
          {words.pdf}
        </Button>
        <Button look="secondary" pending={copy.isPending} onClick={() => copy.mutate(id)}>
          {words.copy}
        </Button>
        <ButtonLink to="/transfers/new" look="secondary">
          {words.another}
        </ButtonLink>
        <ButtonLink to={`/transfers/${id}`}>{words.status}</ButtonLink>
      </Actions>
    </>
  )
}
