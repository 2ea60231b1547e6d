/**
 * 金融機関・支店の選択 — inside a form: bank and branch, each found by code, name or reading as one
 * types, or by the row of its first letter; for ゆうちょ銀行 also by 記号・番号.
 */
import { useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useQuery } from '@tanstack/react-query'
import type { FoundPlace } from '#kit/bank-search.ts'
import { japanPostBankCode, type JapanPostAccount } from '#kit/japan-post.ts'
import { BankInitials } from './bank-initials.tsx'
import { en } from './bank-picker.messages.en.ts'
import { ja } from './bank-picker.messages.ja.ts'
import { FieldGrid, type FieldProps } from './field.tsx'
import { JapanPostHelper } from './japan-post-helper.tsx'
import { useLanguage, useMessages } from './language.tsx'
import { PlaceCombo } from './place-combo.tsx'
import { askPlaces, type Within } from './place-search.ts'

export interface BankPickerValue {
  readonly bankCode: string // empty: none chosen
  readonly branchCode: string
}

export interface BankPickerNames {
  readonly bankName: string
  readonly branchName: string
}

export interface BankPickerProps {
  /** The fields' ids are `${name}-bank` and `${name}-branch`, for an error summary. */
  readonly name: string
  readonly value: BankPickerValue
  /** What the codes of `value` are called, where the form knows; else it is looked up. */
  readonly names?: BankPickerNames
  readonly onChange: (value: BankPickerValue, names: BankPickerNames) => void
  readonly errors?: { readonly bank?: FieldProps['error']; readonly branch?: FieldProps['error'] }
  readonly required?: boolean
  /** 記号・番号 was converted: kind and number, after `onChange` has told the branch. */
  readonly onJapanPost?: (account: JapanPostAccount) => void
}

export function BankPicker(props: BankPickerProps) {
  const { name, value, names, onChange, errors = {}, required = false, onJapanPost } = props
  const { language } = useLanguage()
  const words = useMessages(ja, en)
  const [picked, setPicked] = useState<readonly FoundPlace[]>([])
  const bank = usePlace('banks', { code: value.bankCode, name: names?.bankName, picked })
  const branches: Within | null = value.bankCode === '' ? null : { bankCode: value.bankCode }
  const ofBank = { code: value.branchCode, name: names?.branchName, picked }
  const branch = usePlace(branches ?? 'banks', ofBank)

  const chooseBank = (place: FoundPlace | null) => {
    setPicked(place === null ? [] : [place])
    onChange(
      { bankCode: place?.code ?? '', branchCode: '' },
      { bankName: place?.name ?? '', branchName: '' },
    )
  }
  const chooseBranch = (place: FoundPlace | null) => {
    setPicked((before) => [...before.filter(({ code }) => code.length === 4), ...some(place)])
    onChange(
      { bankCode: value.bankCode, branchCode: place?.code ?? '' },
      { bankName: bank?.name ?? '', branchName: place?.name ?? '' },
    )
  }
  return (
    <I18nProvider locale={language === 'ja' ? 'ja-JP' : 'en-US'}>
      <div className="flex min-w-0 flex-col gap-4">
        <FieldGrid>
          <PlaceCombo
            name={`${name}-bank`}
            label={words.bank}
            hint={words.bankHint}
            required={required}
            error={errors.bank}
            within="banks"
            chosen={bank}
            onChoice={chooseBank}
          />
          <PlaceCombo
            key={value.bankCode} // another bank: the typed branch is nobody's any more
            name={`${name}-branch`}
            label={words.branch}
            hint={branches === null ? words.branchWaits : words.branchHint}
            required={required}
            error={errors.branch}
            within={branches}
            chosen={branch}
            onChoice={chooseBranch}
          />
        </FieldGrid>
        <div className="not-printed flex flex-col gap-2">
          <BankInitials label={words.bank} within="banks" onChoice={chooseBank} />
          {branches !== null && (
            <BankInitials
              key={value.bankCode}
              label={words.branch}
              within={branches}
              onChoice={chooseBranch}
            />
          )}
        </div>
        {value.bankCode === japanPostBankCode && onJapanPost !== undefined && (
          <JapanPostHelper
            name={name}
            onConverted={(account, place) => {
              chooseBranch(place)
              onJapanPost(account)
            }}
          />
        )}
      </div>
    </I18nProvider>
  )
}

const some = (place: FoundPlace | null) => (place === null ? [] : [place])

/** The place of a code: picked a moment ago, told by the form, or looked up. */
function usePlace(
  within: Within,
  {
    code,
    name,
    picked,
  }: {
    readonly code: string
    readonly name: string | undefined
    readonly picked: readonly FoundPlace[]
  },
): FoundPlace | null {
  const known = picked.find((place) => place.code === code)
  const looked = useQuery({
    queryKey: ['place', within, code],
    queryFn: async ({ signal }) => {
      const { found } = await askPlaces(within, { text: code }, signal)
      return found.find((place) => place.code === code) ?? null
    },
    enabled: code !== '' && known === undefined,
    staleTime: 600_000,
    throwOnError: false,
  })
  if (code === '') return null
  return known ?? looked.data ?? { code, name: name ?? '', kana: '' }
}
