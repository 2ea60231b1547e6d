/** 新規に振込先口座を入力 — bank, branch, kind, number; 口座確認 says whose account it is. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BankAccount } from '#kit/bank-account.ts'
import type { Out } from '#kit/endpoint.ts'
import { readAccountNumber } from '#kit/payee-account.ts'
import { BankPicker } from '#ui/bank-picker.tsx'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { wideKana } from '#ui/format.ts'
import { Notice } from '#ui/signs.tsx'
import { accountKinds, type contract } from '../contract.ts'
import type { AddProps } from './add-own-account.tsx'
import { enteredItem } from './draft-form.ts'
import { KanaPreview, writable } from './kana-preview.tsx'
import { client, useWords } from './words.ts'

type Answer = Out<(typeof contract)['checkPayeeName']>

interface TypedAccount {
  readonly bankCode: string
  readonly branchCode: string
  readonly bankName: string
  readonly branchName: string
  readonly kind: BankAccount['kind']
  readonly number: string
}

const nothing: TypedAccount = {
  ...{ bankCode: '', branchCode: '', bankName: '', branchName: '' },
  ...{ kind: 'ordinary', number: '' },
}

export function NewAccount({ form, onAdd }: AddProps) {
  const words = useWords().entry
  const [typed, setTyped] = useState(nothing)
  const [tried, setTried] = useState(false)
  const [answers, setAnswers] = useState(0)
  const check = useMutation({
    mutationFn: (account: BankAccount) => client.checkPayeeName({ body: { account } }),
    onSuccess: () => setAnswers((count) => count + 1),
  })
  const account = accountIn(typed)
  const set = (part: Partial<TypedAccount>) => {
    setTyped((before) => ({ ...before, ...part }))
    check.reset()
  }
  const ask = () => {
    setTried(true)
    if (account !== null && !check.isPending) check.mutate(account)
  }
  const missing = (wrong: boolean, says: string) => (tried && wrong ? says : undefined)
  const { typedFaults } = words
  return (
    <div className="flex flex-col gap-4">
      <BankPicker
        name="newAccount"
        required
        value={typed}
        names={typed}
        errors={{
          bank: missing(typed.bankCode === '', typedFaults.bank),
          branch: missing(typed.branchCode === '', typedFaults.branch),
        }}
        onChange={(places, names) => set({ ...places, ...names })}
        onJapanPost={({ branchCode, kind, number }) => set({ branchCode, kind, number })}
      />
      <FieldGrid>
        <Select
          name="newAccountKind"
          label={words.accountKind}
          required
          value={typed.kind}
          options={accountKinds.map((value) => ({ value, label: words.accountKinds[value] }))}
          onChange={(event) => set({ kind: event.currentTarget.value as BankAccount['kind'] })}
        />
        <TextInput
          name="newAccountNumber"
          label={words.accountNumber}
          required
          inputMode="numeric"
          maxLength={20}
          className="figures"
          hint={words.accountNumberHint}
          error={missing(numberIn(typed.number) === null, typedFaults.number)}
          value={typed.number}
          onChange={(event) => set({ number: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && ask()}
        />
      </FieldGrid>
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={check.isPending} onClick={ask}>
          {form.nameCheckUsed ? words.checkName : words.next}
        </Button>
        {form.nameCheckUsed && <span className="text-sm text-ink-soft">{words.checkHint}</span>}
      </div>
      {check.error && <LookUpRefused error={check.error} />}
      {check.data && account !== null && (
        <Named
          key={answers}
          answer={check.data}
          onNamed={(payeeName, nameCheck) => {
            const { bankName, branchName } = check.data
            onAdd([
              enteredItem({ source: 'typed', account, bankName, branchName, payeeName, nameCheck }),
            ])
            setTyped(nothing)
            setTried(false)
            check.reset()
          }}
        />
      )}
    </div>
  )
}

function numberIn(text: string): string | null {
  const read = readAccountNumber(text)
  return read.granted ? read.value : null
}

function accountIn({ bankCode, branchCode, kind, number }: TypedAccount): BankAccount | null {
  const digits = numberIn(number)
  if (bankCode === '' || branchCode === '' || digits === null) return null
  return { bankCode, branchCode, kind, number: digits }
}

function LookUpRefused({ error }: { readonly error: unknown }) {
  const words = useWords().entry.lookUpRefusals
  const code = problemOf(error)?.code
  if (code === undefined || !(code in words)) return <FaultNotice error={error} />
  return <Notice look="error" title={words[code as keyof typeof words]} announced />
}

interface NamedProps {
  readonly answer: Answer
  readonly onNamed: (name: string, check: 'confirmed' | 'no-answer' | 'not-asked') => void
}

/** Whose account it is as its bank says; where it does not say, the name is typed by hand. */
function Named({ answer, onNamed }: NamedProps) {
  const words = useWords().entry
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  if (answer.answer === 'holder') {
    const holder = answer.holderKana ?? ''
    return (
      <Notice look="success" title={words.holder} announced>
        <p className="text-xl font-bold" lang="ja">
          {wideKana(holder)}
        </p>
        <p className="mb-3 text-sm">{words.holderSays}</p>
        <Button onClick={() => onNamed(holder, 'confirmed')}>{words.addOne}</Button>
      </Notice>
    )
  }
  if (answer.answer === 'no-such-account') {
    return <Notice look="error" title={words.answers[answer.answer]} announced />
  }
  const fault = name.trim() === '' ? words.typedFaults.name : words.typedFaults.nameForm
  const right = name.trim() !== '' && writable(name, 'name')
  const go = () => {
    setTried(true)
    if (right) onNamed(name, answer.answer === 'not-used' ? 'not-asked' : 'no-answer')
  }
  return (
    <div className="flex flex-col gap-4">
      <Notice look="warning" title={words.answers[answer.answer]} announced />
      <TextInput
        name="newAccountName"
        label={words.payeeName}
        required
        maxLength={100}
        hint={
          <>
            {words.payeeNameHint} <KanaPreview text={name} of="name" />
          </>
        }
        error={tried && !right ? fault : undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && go()}
      />
      <Button className="self-start" onClick={go}>
        {words.addOne}
      </Button>
    </div>
  )
}
