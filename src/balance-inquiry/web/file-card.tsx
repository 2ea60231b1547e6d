/** ファイル取得 — which file, how far it is, and a way to stop. */
import { useRef, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import {
  saveToDisk,
  type CallOptions,
  type Downloaded,
  type Progress as Received,
} from '#ui/client.ts'
import { yenText } from '#ui/format.ts'
import { Card } from '#ui/page.tsx'
import { Notice, Progress } from '#ui/signs.tsx'
import { allAccounts, csvEncodings } from '../contract.ts'
import { Refused } from './conditions-form.tsx'
import { useWords } from './words.ts'

export type Encoding = (typeof csvEncodings)[number]

export interface FileCardProps<Format extends string> {
  readonly formats: Readonly<Record<Format, string>>
  /** The account on the screen; left out where the file is of all accounts anyway. */
  readonly account?: { readonly key: string; readonly name: string }
  readonly hint?: string
  readonly take: (
    asked: { readonly format: Format; readonly encoding: Encoding; readonly account: string },
    options: CallOptions,
  ) => Promise<Downloaded>
}

type State =
  | { readonly state: 'idle' | 'cancelled' }
  | { readonly state: 'taking'; readonly received: Received | null }
  | { readonly state: 'taken'; readonly fileName: string }
  | { readonly state: 'failed'; readonly error: unknown }

export function FileCard<Format extends string>(card: FileCardProps<Format>) {
  const words = useWords()
  const names = Object.keys(card.formats) as Format[]
  const [format, setFormat] = useState(names[0]!)
  const [encoding, setEncoding] = useState<Encoding>('utf-8')
  const [account, setAccount] = useState(card.account?.key ?? allAccounts)
  const { state, take, cancel } = useTaking()
  const taking = state.state === 'taking'

  const start = () => take((options) => card.take({ format, encoding, account }, options))
  return (
    <Card title={words.fileCard} className="not-printed">
      <div className="flex flex-col gap-4">
        {card.hint !== undefined && <p className="text-sm text-ink-soft">{card.hint}</p>}
        <div className="grid grid-cols-1 items-end gap-5 sm:grid-cols-3">
          {card.account && (
            <Select
              name="file-account"
              label={words.fields.filesFor}
              value={account}
              disabled={taking}
              options={[
                { value: card.account.key, label: card.account.name },
                { value: allAccounts, label: words.fields.allAccounts },
              ]}
              onChange={(event) => setAccount(event.currentTarget.value)}
            />
          )}
          <Select
            name="file-format"
            label={words.fields.format}
            value={format}
            disabled={taking}
            options={names.map((value) => ({ value, label: card.formats[value] }))}
            onChange={(event) => setFormat(event.currentTarget.value as Format)}
          />
          {format === 'csv' && (
            <Select
              name="file-encoding"
              label={words.fields.encoding}
              value={encoding}
              disabled={taking}
              options={csvEncodings.map((value) => ({ value, label: words.encodings[value] }))}
              onChange={(event) => setEncoding(event.currentTarget.value as Encoding)}
            />
          )}
        </div>
        <div className="flex flex-wrap gap-3">
          <Button look="secondary" pending={taking} onClick={start}>
            {words.take}
          </Button>
          {taking && (
            <Button look="plain" onClick={cancel}>
              {words.cancel}
            </Button>
          )}
        </div>
        <HowFar state={state} />
      </div>
    </Card>
  )
}

function HowFar({ state }: { readonly state: State }) {
  const words = useWords()
  switch (state.state) {
    case 'idle':
      return null
    case 'taking':
      return <Bar received={state.received} />
    case 'taken':
      return <Notice look="success" title={words.taken(state.fileName)} announced />
    case 'cancelled':
      return <Notice look="info" title={words.cancelled} announced />
    case 'failed':
      return <Refused error={state.error} />
  }
}

function Bar({ received }: { readonly received: Received | null }) {
  const words = useWords()
  if (!received) return <Progress label={words.taking} done={null} />
  const { bytes, lines, linesTotal } = received
  if (!linesTotal) {
    const detail = words.takenBytes(yenText(String(Math.ceil(bytes / 1024))))
    return <Progress label={words.taking} done={null} detail={detail} />
  }
  // Head and foot of a file are lines as well.
  const done = Math.min(lines, linesTotal)
  const detail = words.takenLines(yenText(String(done)), yenText(String(linesTotal)))
  return <Progress label={words.taking} done={done / linesTotal} detail={detail} />
}

function useTaking() {
  const [state, setState] = useState<State>({ state: 'idle' })
  const stopper = useRef<AbortController | null>(null)

  async function take(call: (options: CallOptions) => Promise<Downloaded>): Promise<void> {
    const stop = new AbortController()
    stopper.current = stop
    setState({ state: 'taking', received: null })
    let shownAt = 0
    const onProgress = (received: Received) => {
      // A large file arrives in thousands of pieces; ten times a second is enough to see.
      if (performance.now() - shownAt < 100) return
      shownAt = performance.now()
      setState({ state: 'taking', received })
    }
    try {
      const downloaded = await call({ signal: stop.signal, onProgress })
      saveToDisk(downloaded)
      setState({ state: 'taken', fileName: downloaded.fileName })
    } catch (error) {
      setState(stop.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error })
    }
  }
  return {
    state,
    take: (call: Parameters<typeof take>[0]) => void take(call),
    cancel: () => stopper.current?.abort(),
  }
}
