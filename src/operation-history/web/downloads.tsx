/** ファイル取得 — the same conditions as CSV and as 印刷用PDF, with how far the file is. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { saveToDisk, type Progress as Received } from '#ui/client.ts'
import { FaultNotice } from '#ui/faults.tsx'
import { Notice, Progress } from '#ui/signs.tsx'
import type { HistoryFilters } from '../contract.ts'
import { client, useRefusal, useWords } from './words.ts'

type Format = 'csv' | 'pdf'

export function Downloads({ filters }: { readonly filters: HistoryFilters }) {
  const words = useWords().downloads
  const [received, setReceived] = useState<Received | null>(null)
  const download = useMutation({
    mutationFn: async (format: Format) => {
      setReceived(null)
      const input = { query: filters }
      const options = { onProgress: setReceived }
      return format === 'csv'
        ? client.operationHistoryCsv(input, options)
        : client.operationHistoryPdf(input, options)
    },
    onSuccess: saveToDisk,
  })
  const [refusal] = useRefusal(download.error)
  return (
    <div className="not-printed mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-end gap-3">
        <span className="text-sm font-bold">{words.heading}</span>
        {(['csv', 'pdf'] as const).map((format) => (
          <Button
            key={format}
            look="secondary"
            size="small"
            pending={download.isPending && download.variables === format}
            onClick={() => download.mutate(format)}
          >
            {words[format]}
          </Button>
        ))}
      </div>
      {download.isPending && <Way received={received} label={words[download.variables]} />}
      {refusal !== undefined && <Notice look="warning" title={refusal.message} announced />}
      {download.isError && refusal === undefined && <FaultNotice error={download.error} />}
    </div>
  )
}

/** Of a CSV, lines of lines; a PDF comes when it is laid out. */
function Way({ received, label }: { readonly received: Received | null; readonly label: string }) {
  const total = received?.linesTotal ?? null
  if (received === null || total === null || received.lines === 0) {
    return <Progress label={label} done={null} />
  }
  const lines = Math.min(received.lines, total)
  return <Progress label={label} done={lines / Math.max(total, 1)} detail={`${lines} / ${total}`} />
}
