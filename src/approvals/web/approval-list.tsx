/** 承認 取引一覧 (BSHN001) — what waits for oneself, one's own under way, what can be withdrawn. */
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Button, PrintButton } from '#ui/button.tsx'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { TextLink } from '#ui/links.tsx'
import { Card, Page } from '#ui/page.tsx'
import { EmptyState, Loading } from '#ui/signs.tsx'
import type { ApprovalLine, contract } from '../contract.ts'
import { ApprovalTable } from './approval-table.tsx'
import { pathOf, routePath } from './addresses.ts'
import { walkActs, walkMax, writeWalk, type WalkAct } from './walk.ts'
import { useApprovalsQuery, useWords } from './words.ts'

type Lists = Out<typeof contract.listApprovals>

export function ApprovalList() {
  const words = useWords().list
  const found = useApprovalsQuery()
  return (
    <Page
      title={words.title}
      screenId="BSHN001"
      lead={<p>{words.lead}</p>}
      actions={found.data && <PrintButton />}
    >
      {found.error && <FaultNotice error={found.error} />}
      {found.data ? <Blocks lists={found.data} /> : found.isPending && <Loading />}
    </Page>
  )
}

function Blocks({ lists }: { readonly lists: Lists }) {
  const words = useWords().list
  const { awaitingYou, underWay, withdrawable } = lists
  return (
    <>
      <Card title={words.awaitingYou} aside={words.count(awaitingYou.length)}>
        {awaitingYou.length === 0 ? (
          <EmptyState>{words.noneAwaiting}</EmptyState>
        ) : (
          <Chooser lines={awaitingYou} />
        )}
      </Card>
      <Card title={words.underWay} aside={words.count(underWay.length)}>
        {underWay.length === 0 ? (
          <EmptyState>{words.noneUnderWay}</EmptyState>
        ) : (
          <>
            <p className="mb-4">{words.underWaySays}</p>
            <ApprovalTable caption={words.underWay} lines={underWay} />
          </>
        )}
      </Card>
      <Card title={words.withdrawable} aside={words.count(withdrawable.length)}>
        {withdrawable.length === 0 ? (
          <EmptyState>{words.noneWithdrawable}</EmptyState>
        ) : (
          <>
            <p className="mb-4">{words.withdrawableSays}</p>
            <ApprovalTable caption={words.withdrawable} lines={withdrawable} />
          </>
        )}
      </Card>
      <p>
        <TextLink to={routePath}>{words.toRoute}</TextLink>
      </p>
    </>
  )
}

function Chooser({ lines }: { readonly lines: readonly ApprovalLine[] }) {
  const { list: words, acts } = useWords()
  const navigate = useNavigate()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [missing, setMissing] = useState(0)
  // What was approved elsewhere in the meantime is no longer chosen.
  const ids = lines.map(({ id }) => id).filter((id) => ticked.has(id))
  const chosen = new Set(ids)
  const errors = useNoneChosen(missing)

  const choose = (id: string, yes: boolean) => {
    setMissing(0)
    setTicked(new Set(yes ? [...chosen, id] : ids.filter((one) => one !== id)))
  }
  const begin = (act: WalkAct) => {
    const first = ids[0]
    if (first === undefined) return setMissing(missing + 1)
    const walk = { act, ids: ids.slice(0, walkMax), done: [] }
    void navigate({ to: pathOf(first), search: writeWalk(walk) } as never)
  }
  const all = ids.length === lines.length
  return (
    <div className="flex flex-col gap-4">
      <ErrorSummary errors={errors} />
      <div className="not-printed flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <label className="flex min-h-11 items-center gap-2">
          <input
            type="checkbox"
            className="size-6 accent-brand-800"
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = ids.length > 0 && !all
            }}
            onChange={() => {
              setMissing(0)
              setTicked(new Set(all ? [] : lines.map(({ id }) => id)))
            }}
          />
          {words.all}
        </label>
        <span role="status" className="figures text-sm text-ink-soft">
          {words.chosen(ids.length)}
        </span>
      </div>
      <ApprovalTable
        caption={words.awaitingYou}
        lines={lines}
        choice={{ chosen, onChoose: choose }}
      />
      <div className="not-printed flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        {walkActs.toReversed().map((act) => (
          <Button
            key={act}
            look={act === 'approve' ? 'primary' : 'secondary'}
            className="sm:min-w-32"
            onClick={() => begin(act)}
          >
            {acts[act]}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** Said anew each time it is tried, so that the focus comes back to it. */
function useNoneChosen(times: number): readonly FormError[] {
  const words = useWords().list
  return useMemo(
    () => (times === 0 ? [] : [{ field: 'select', message: words.noneChosen }]),
    [times, words],
  )
}
