/** 限度額表示 — the limits that an order counts against, in a dialog over its 内容確認. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Amount } from '#ui/amount.tsx'
import { Button } from '#ui/button.tsx'
import { DataTable } from '#ui/data-table.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { dayText } from '#ui/format.ts'
import { EmptyState, Loading, Notice } from '#ui/signs.tsx'
import { approvalsKey, client, useSayRefusal, useWords } from './words.ts'

export function LimitsButton({ id }: { readonly id: string }) {
  const words = useWords().limits
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button look="secondary" size="small" onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {open && (
        <Dialog
          title={words.title}
          onClose={close}
          actions={
            <Button data-first="" onClick={close}>
              {words.close}
            </Button>
          }
        >
          <Limits id={id} />
        </Dialog>
      )}
    </>
  )
}

function Limits({ id }: { readonly id: string }) {
  const words = useWords().limits
  const sayRefusal = useSayRefusal()
  const found = useQuery({
    queryKey: [...approvalsKey, 'limits', id],
    queryFn: ({ signal }) => client.showLimits({ params: { id } }, { signal }),
    // A fault here takes nothing from the page behind: it is said in the dialog.
    throwOnError: false,
    gcTime: 0,
  })
  if (found.error) {
    const sentence = sayRefusal(found.error)
    if (sentence === null) return <FaultNotice error={found.error} />
    return <Notice look="error" title={sentence} announced />
  }
  if (!found.data) return <Loading />
  const { day, lines } = found.data
  if (lines.length === 0) return <EmptyState>{words.none}</EmptyState>
  return (
    <>
      <p className="mb-3">{words.day(dayText(day))}</p>
      <DataTable
        caption={words.title}
        rows={lines}
        rowKey={({ level, limited }) => `${level} ${limited}`}
        columns={[
          {
            key: 'level',
            heading: words.level,
            namesRow: true,
            unbroken: true,
            cell: ({ level }) => words.levels[level],
          },
          {
            key: 'limited',
            heading: words.limited,
            cell: ({ limited }) => words.businesses[limited] ?? limited,
          },
          {
            key: 'limit',
            heading: words.limit,
            align: 'end',
            cell: ({ limit }) => <Amount value={limit} unit />,
          },
          {
            key: 'used',
            heading: words.used,
            align: 'end',
            cell: ({ used }) => <Amount value={used} unit />,
          },
        ]}
      />
    </>
  )
}
