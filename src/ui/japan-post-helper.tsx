/** ゆうちょ銀行の記号・番号 — converted to branch, kind and number of the account. */
import { useState, type KeyboardEvent } from 'react'
import type { FoundPlace } from '#kit/bank-search.ts'
import { fromPassbook, japanPostBankCode, type JapanPostAccount } from '#kit/japan-post.ts'
import { en } from './bank-picker.messages.en.ts'
import { ja } from './bank-picker.messages.ja.ts'
import { Button } from './button.tsx'
import { FieldGrid, TextInput } from './field.tsx'
import { useMessages } from './language.tsx'
import { askPlaces } from './place-search.ts'

interface JapanPostHelperProps {
  readonly name: string
  readonly onConverted: (account: JapanPostAccount, branch: FoundPlace) => void
}

interface Said {
  readonly at: 'symbol' | 'number' | 'all'
  readonly sentence: string
}

export function JapanPostHelper({ name, onConverted }: JapanPostHelperProps) {
  const words = useMessages(ja, en)
  const { japanPost } = words
  const [symbol, setSymbol] = useState('')
  const [number, setNumber] = useState('')
  const [savings, setSavings] = useState(false)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<Said | null>(null)
  const [done, setDone] = useState('')

  const convert = async () => {
    setDone('')
    const outcome = fromPassbook({ symbol, number, savings })
    if (!outcome.granted) {
      const at = outcome.reason.startsWith('number') ? 'number' : 'symbol'
      setFault({ at, sentence: japanPost.refusals[outcome.reason] })
      return
    }
    const account = outcome.value
    const code = account.branchCode
    setPending(true)
    const answer = await askPlaces({ bankCode: japanPostBankCode }, { text: code }).catch(
      () => null,
    )
    setPending(false)
    const branch = answer?.found.find((place) => place.code === code)
    if (branch === undefined) {
      setFault(
        answer === null
          ? { at: 'all', sentence: words.failed }
          : { at: 'symbol', sentence: japanPost.refusals['branch-unknown'](code) },
      )
      return
    }
    setFault(null)
    const kind = japanPost.kinds[account.kind]
    setDone(japanPost.done({ branch: branch.name, code, kind, number: account.number }))
    onConverted(account, branch)
  }
  // Enter here converts; it does not send the form around it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    void convert()
  }
  const errorAt = (at: Said['at']) => (fault?.at === at ? fault.sentence : undefined)
  return (
    <fieldset className="not-printed min-w-0 rounded-8 border border-brand-100 bg-brand-50 p-4">
      <legend className="px-1 font-bold">{japanPost.title}</legend>
      <p className="mb-3 text-sm text-ink-soft">{japanPost.says}</p>
      <FieldGrid>
        <TextInput
          name={`${name}-symbol`}
          label={japanPost.symbol}
          hint={japanPost.symbolHint}
          error={errorAt('symbol')}
          inputMode="numeric"
          maxLength={12}
          value={symbol}
          onChange={(event) => setSymbol(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <TextInput
          name={`${name}-passbook-number`}
          label={japanPost.number}
          hint={japanPost.numberHint}
          error={errorAt('number')}
          inputMode="numeric"
          maxLength={12}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </FieldGrid>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <label className="flex min-h-11 items-center gap-2">
          <input
            type="checkbox"
            className="size-5 flex-none"
            checked={savings}
            onChange={(event) => setSavings(event.currentTarget.checked)}
          />
          {japanPost.savings}
        </label>
        <Button look="secondary" type="button" pending={pending} onClick={() => void convert()}>
          {japanPost.convert}
        </Button>
      </div>
      <p role="status" className="mt-2 text-sm font-bold empty:hidden">
        {done === '' ? errorAt('all') : done}
      </p>
    </fieldset>
  )
}
