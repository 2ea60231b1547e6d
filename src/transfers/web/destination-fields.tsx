/** 振込先 — one destination of the form: whom, how much, who bears the fee, EDI. */
import { useQuery } from '@tanstack/react-query'
import { Button } from '#ui/button.tsx'
import { classes } from '#ui/classes.ts'
import { Select } from '#ui/choices.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { wideKana } from '#ui/format.ts'
import { askPlaces } from '#ui/place-search.ts'
import { Badge } from '#ui/signs.tsx'
import { bearers } from '../contract.ts'
import { namesItself, type TypedItem } from './draft-form.ts'
import { KanaPreview } from './kana-preview.tsx'
import { LiveAmountInput } from './live-amount-input.tsx'
import { useWords } from './words.ts'

export interface DestinationFieldsProps {
  readonly item: TypedItem
  readonly at: number
  /** 振替: no fee, no EDI. */
  readonly own: boolean
  readonly errorAt: (field: string) => readonly string[]
  readonly onChange: (item: TypedItem) => void
  readonly onRemove: () => void
}

export function DestinationFields(props: DestinationFieldsProps) {
  const { item, at, own, errorAt, onChange, onRemove } = props
  const words = useWords().entry
  const field = `items.${at}`
  const broken = errorAt(field)
  const set = (part: Partial<TypedItem>) => onChange({ ...item, ...part })
  const name = wideKana(item.payeeName)
  return (
    <section
      id={field}
      tabIndex={-1}
      aria-label={words.itemWord(String(at + 1), name)}
      className={classes(
        'rounded-8 border p-4',
        broken.length > 0 ? 'border-2 border-red-900' : 'border-line',
      )}
    >
      <div className="mb-3 flex items-start justify-between gap-3">
        <Whom item={item} at={at} />
        <Button
          look="secondary"
          size="small"
          className="flex-none"
          aria-label={words.removeNamed(name)}
          onClick={onRemove}
        >
          {words.remove}
        </Button>
      </div>
      {broken.length > 0 && (
        <ul className="mb-3 text-sm font-bold text-red-900">
          {broken.map((sentence) => (
            <li key={sentence}>＊{sentence}</li>
          ))}
        </ul>
      )}
      <FieldGrid className={own ? '' : 'lg:grid-cols-3'}>
        {!own && namesItself(item) && (
          <TextInput
            name={`${field}.payeeName`}
            label={words.payeeName}
            required
            hint={<KanaPreview text={item.payeeName} of="name" />}
            maxLength={100}
            error={errorAt(`${field}.payeeName`)}
            value={item.payeeName}
            onChange={(event) => set({ payeeName: event.currentTarget.value })}
          />
        )}
        <LiveAmountInput
          name={`${field}.payable`}
          label={words.payable}
          required
          error={errorAt(`${field}.payable`)}
          value={item.payable}
          onAmount={(payable) => set({ payable })}
        />
        {!own && <FeeAndEdi {...props} set={set} />}
      </FieldGrid>
    </section>
  )
}

interface FeeAndEdiProps extends DestinationFieldsProps {
  readonly set: (part: Partial<TypedItem>) => void
}

function FeeAndEdi({ item, at, errorAt, set }: FeeAndEdiProps) {
  const words = useWords().entry
  const field = `items.${at}`
  return (
    <>
      <Select
        name={`${field}.bearer`}
        label={words.bearer}
        required
        value={item.bearer}
        options={bearers.map((value) => ({ value, label: words.bearers[value] }))}
        onChange={(event) => set({ bearer: event.currentTarget.value as TypedItem['bearer'] })}
      />
      {item.bearer === 'payee-stated' && (
        <LiveAmountInput
          name={`${field}.statedFee`}
          label={words.statedFee}
          required
          error={errorAt(`${field}.statedFee`)}
          value={item.statedFee}
          onAmount={(statedFee) => set({ statedFee })}
        />
      )}
      <TextInput
        name={`${field}.ediInformation`}
        label={words.edi}
        hint={
          <>
            {words.ediHint} <KanaPreview text={item.ediInformation} of="edi" />
          </>
        }
        maxLength={60}
        error={errorAt(`${field}.ediInformation`)}
        value={item.ediInformation}
        onChange={(event) => set({ ediInformation: event.currentTarget.value })}
      />
    </>
  )
}

function Whom({ item, at }: { readonly item: TypedItem; readonly at: number }) {
  const words = useWords().entry
  const names = usePlaceNames(item)
  const { kind, number } = item.account
  return (
    <div className="min-w-0">
      <h3 className="font-bold" lang="ja">
        {words.itemWord(String(at + 1), wideKana(item.payeeName))}
      </h3>
      {item.label !== '' && <p className="text-sm">{item.label}</p>}
      <p className="text-sm">
        {names.bank} {names.branch}{' '}
        <span className="figures whitespace-nowrap">
          {words.accountKinds[kind]} {number}
        </span>
      </p>
      <p className="mt-1 flex flex-wrap gap-2">
        {item.source === 'payee' && <Badge look="neutral">{words.registered}</Badge>}
        {item.source === 'filed' && <Badge look="neutral">{words.filed}</Badge>}
        {item.source === 'typed' && (
          <Badge look={item.nameCheck === 'confirmed' ? 'done' : 'waiting'}>
            {words.nameChecks[item.nameCheck]}
          </Badge>
        )}
      </p>
    </div>
  )
}

/** A stored draft carries codes; what they are called is asked of the directory. */
function usePlaceNames({ account, bankName, branchName }: TypedItem) {
  const { bankCode, branchCode } = account
  const known = useQuery({
    queryKey: ['places', 'names', bankCode, branchCode],
    enabled: branchName === '',
    staleTime: 600_000,
    throwOnError: false,
    queryFn: async () => {
      const [banks, branches] = await Promise.all([
        askPlaces('banks', { text: bankCode }),
        askPlaces({ bankCode }, { text: branchCode }),
      ])
      return {
        bank: banks.found.find(({ code }) => code === bankCode)?.name ?? bankCode,
        branch: branches.found.find(({ code }) => code === branchCode)?.name ?? branchCode,
      }
    },
  }).data
  if (branchName !== '') return { bank: bankName, branch: branchName }
  return known ?? { bank: bankCode, branch: branchCode }
}
