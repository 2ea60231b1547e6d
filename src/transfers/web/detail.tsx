/** 取引状況詳細 (BFJK002) — where an order stands, every step with who and when, and its moves. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Button, PrintButton } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { minuteText, momentText } from '#ui/format.ts'
import { ButtonLink, TextLink } from '#ui/links.tsx'
import { OrderSheetCards } from '#ui/order-sheet.tsx'
import { Actions, Card, Facts, Page } from '#ui/page.tsx'
import { EmptyState, Loading, Notice } from '#ui/signs.tsx'
import { useHasPage, useMay } from '#ui/viewer.tsx'
import type { contract, TransferLine } from '../contract.ts'
import { MoveDialog, type Move } from './asking.tsx'
import { useCopy } from './copying.ts'
import { useOrderPrint } from './order-print.ts'
import { StateBadge } from './state-badge.tsx'
import { client, lookAgainAfter, useSay, useSayRefusal, useWords } from './words.ts'

type Shown = Out<(typeof contract)['showTransfer']>

export function Detail() {
  const words = useWords()
  const sayRefusal = useSayRefusal()
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery({
    queryKey: ['transfers', 'one', id],
    queryFn: () => client.showTransfer({ params: { id } }),
    refetchInterval: ({ state }) => (state.data ? lookAgainAfter(state.data.line.state) : false),
    throwOnError: (thrown) => sayRefusal(thrown) === null,
  })
  const { title } = words.detail
  if (found.error && found.data === undefined) {
    return (
      <Page title={title} screenId="BFJK002">
        <Notice look="error" title={sayRefusal(found.error) ?? words.detail.unknown} announced />
        <Actions>
          <ButtonLink to="/transfers/status" look="secondary">
            {words.detail.toList}
          </ButtonLink>
        </Actions>
      </Page>
    )
  }
  if (found.data === undefined) {
    return (
      <Page title={title} screenId="BFJK002">
        <Loading />
      </Page>
    )
  }
  return (
    <Page title={title} screenId="BFJK002" actions={<PrintButton />}>
      <StatusCard shown={found.data} />
      <Moves line={found.data.line} />
      <Card title={words.detail.steps}>
        <Steps steps={found.data.steps} />
      </Card>
      <OrderSheetCards sheet={found.data.sheet} />
    </Page>
  )
}

function StatusCard({ shown }: { readonly shown: Shown }) {
  const words = useWords().detail
  const say = useSay()
  const approvals = useHasPage('/approvals')
  const { line, approvalId } = shown
  const moving = line.state === 'executing' || line.state === 'sent'
  return (
    <Card
      title={words.status}
      aside={
        approvals &&
        approvalId !== null && <TextLink to={`/approvals/${approvalId}`}>{words.approval}</TextLink>
      }
    >
      <div className="flex flex-col gap-3">
        <Facts
          facts={[
            [
              words.state,
              <span key="state" role="status">
                <StateBadge line={line} />
              </span>,
            ],
            [
              words.receiptNumber,
              <span key="number" className="figures">
                {line.receiptNumber ?? '—'}
              </span>,
            ],
            ...(line.waitsFor === null ? [] : [[words.waitsFor, say(line.waitsFor)] as const]),
            ...(line.deadline === null
              ? []
              : [
                  [
                    words.deadline,
                    <span key="deadline" className="figures">
                      {minuteText(line.deadline)}
                    </span>,
                  ] as const,
                ]),
            [words.requester, line.requester.name],
          ]}
        />
        {moving && <p className="text-sm text-ink-soft">{words.moving}</p>}
      </div>
    </Card>
  )
}

/** Oldest first: what happened, when, and by whom. */
function Steps({ steps }: { readonly steps: Shown['steps'] }) {
  const words = useWords().detail
  const say = useSay()
  if (steps.length === 0) return <EmptyState>{words.noSteps}</EmptyState>
  return (
    <ol className="flex flex-col border-s-4 border-brand-100 ps-4">
      {steps.map(({ at, by, says, comment }) => (
        <li key={`${at} ${says.ja}`} className="unbroken-on-paper py-2">
          <p className="text-sm text-ink-soft">
            <time dateTime={at} className="figures">
              {momentText(at)}
            </time>{' '}
            {by?.name ?? words.bank}
          </p>
          <p className="font-bold">{say(says)}</p>
          {comment !== '' && <p className="text-sm">{words.comment(comment)}</p>}
        </li>
      ))}
    </ol>
  )
}

function Moves({ line }: { readonly line: TransferLine }) {
  const words = useWords()
  const { detail } = words
  const navigate = useNavigate()
  const mayRegistered = useMay('transfers-request-registered')
  const mayAny = useMay('transfers-request-any')
  const [asked, setAsked] = useState<Move | null>(null)
  const [done, setDone] = useState<Move | null>(null)
  const print = useOrderPrint(line.id)
  const copy = useCopy()
  const sayRefusal = useSayRefusal()
  const error = print.error ?? copy.error
  const sentence = sayRefusal(error)
  const moves = (['recall', 'cancel', 'delete'] as const).filter((move) => line.may[move])
  return (
    <>
      {done !== null && <Notice look="success" title={words.asking[done].done} announced />}
      {error !== null && sentence === null && <FaultNotice error={error} />}
      {error !== null && sentence !== null && <Notice look="error" title={sentence} announced />}
      <div className="not-printed flex flex-wrap gap-3">
        {line.may.edit && <ButtonLink to={`/transfers/${line.id}/edit`}>{detail.edit}</ButtonLink>}
        {moves.map((move) => (
          <Button
            key={move}
            look={move === 'recall' ? 'secondary' : 'danger'}
            onClick={() => setAsked(move)}
          >
            {detail[move]}
          </Button>
        ))}
        {line.may.copy && (mayRegistered || mayAny) && (
          <Button look="secondary" pending={copy.isPending} onClick={() => copy.mutate(line.id)}>
            {detail.copy}
          </Button>
        )}
        <Button look="secondary" pending={print.isPending} onClick={() => print.mutate()}>
          {detail.pdf}
        </Button>
        <ButtonLink to="/transfers/status" look="plain">
          {detail.toList}
        </ButtonLink>
      </div>
      {asked !== null && (
        <MoveDialog
          asked={{ move: asked, line }}
          onClose={() => setAsked(null)}
          onDone={({ move }) => {
            setAsked(null)
            if (move === 'delete') void navigate({ to: '/transfers/drafts' } as never)
            else setDone(move)
          }}
        />
      )}
    </>
  )
}
