/** 振替先口座 — one's own accounts of the contract, but for the one that pays. */
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { bankName } from '#ui/bank.ts'
import { useLanguage } from '#ui/language.tsx'
import { EmptyState } from '#ui/signs.tsx'
import { enteredItem, holds, type Form, type Typed, type TypedItem } from './draft-form.ts'
import { useAccountWord, useWords } from './words.ts'

export interface AddProps {
  readonly form: Form
  readonly typed: Typed
  readonly onAdd: (items: readonly TypedItem[]) => void
}

export function AddOwnAccount({ form, typed, onAdd }: AddProps) {
  const words = useWords().entry
  const { language } = useLanguage()
  const accountWord = useAccountWord()
  const [chosen, setChosen] = useState('')
  const place = ({ branchCode, kind, number }: Form['accounts'][number]) => ({
    ...{ bankCode: form.bankCode, branchCode, kind, number },
  })
  const left = form.accounts.filter(
    (account) => account.accountKey !== typed.accountKey && !holds(typed, place(account)),
  )
  if (left.length === 0) return <EmptyState>{words.noOtherAccount}</EmptyState>
  const account = left.find(({ accountKey }) => accountKey === chosen) ?? left[0]!
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-end">
      <div className="sm:w-md">
        <Select
          name="ownAccount"
          label={words.ownAccount}
          value={account.accountKey}
          options={left.map((one) => ({ value: one.accountKey, label: accountWord(one) }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      </div>
      <Button
        look="secondary"
        onClick={() =>
          onAdd([
            enteredItem({
              ...{ source: 'own', account: place(account), nameCheck: 'not-asked' },
              ...{ bankName: bankName(language), branchName: account.branchName },
              payeeName: account.holderKana,
            }),
          ])
        }
      >
        {words.addOne}
      </Button>
    </div>
  )
}
