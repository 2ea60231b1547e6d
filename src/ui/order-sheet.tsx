/**
 * 依頼内容 — an order as its kind wrote it (kit/order-sheet.ts): what to look at first, the facts,
 * each payee, the sums. Every 内容確認 shows it, whichever kind of order it is.
 */
import { useState, type ReactNode } from 'react'
import type { InBothLanguages, NameCheck, OrderSheet, SheetItem } from '#kit/order-sheet.ts'
import { Amount } from './amount.tsx'
import { DataTable, type Column } from './data-table.tsx'
import { Day } from './day.tsx'
import { minuteText, wideKana, yenText } from './format.ts'
import { useLanguage, useMessages } from './language.tsx'
import { en } from './order-sheet.messages.en.ts'
import { ja } from './order-sheet.messages.ja.ts'
import { Card, Facts } from './page.tsx'
import { MoreButton } from './paging.tsx'
import { Badge, Notice, type BadgeLook } from './signs.tsx'

export interface OrderSheetProps {
  readonly sheet: OrderSheet
  /** At the right of the first heading, e.g. a button for 限度額表示. */
  readonly aside?: ReactNode
}

type Words = typeof ja

function useWords(): Words {
  return useMessages(ja, en) as Words
}

/** The cards of one order, to stand in a Page. */
export function OrderSheetCards({ sheet, aside }: OrderSheetProps) {
  const words = useWords()
  const say = useSay()
  return (
    <>
      {sheet.warnings.length > 0 && (
        <Notice look="warning" title={words.warnings}>
          <ul className="list-disc ps-6">
            {sheet.warnings.map((warning) => (
              <li key={warning.ja}>{say(warning)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Card title={words.content} {...(aside !== undefined && { aside })}>
        <Facts
          facts={[
            [words.kind, say(sheet.kind)],
            ...(sheet.name === '' ? [] : [[words.name, sheet.name] as const]),
            ...sheet.facts.map((fact) => [say(fact.label), <Value key="v" fact={fact} />] as const),
          ]}
        />
      </Card>
      <Card title={sheet.items.length === 0 ? words.totals : words.items}>
        <div className="flex flex-col gap-5">
          {sheet.items.length > 0 && <Items items={sheet.items} />}
          <Totals totals={sheet.totals} />
        </div>
      </Card>
    </>
  )
}

function useSay() {
  const { language } = useLanguage()
  return (words: InBothLanguages) => words[language]
}

function Value({ fact }: { readonly fact: OrderSheet['facts'][number] }) {
  const text = useSay()(fact.value)
  if (fact.as === 'amount') return <Amount value={text} unit />
  if (fact.as === 'day') return <Day value={text} />
  if (fact.as === 'moment') return <span className="figures">{minuteText(text)}</span>
  return text
}

/** A list may have thousands; the browser draws what is looked at. */
const itemsAtOnce = 100

function Items({ items }: { readonly items: readonly SheetItem[] }) {
  const words = useWords()
  const say = useSay()
  const [shown, setShown] = useState(itemsAtOnce)
  const rows = items.slice(0, shown).map((item, index) => ({ item, number: String(index + 1) }))
  return (
    <div>
      <DataTable
        caption={words.items}
        columns={columnsFor(items, words, say)}
        rows={rows}
        rowKey={({ number }) => number}
      />
      {shown < items.length && (
        <MoreButton pending={false} onMore={() => setShown(shown + itemsAtOnce)} />
      )}
    </div>
  )
}

interface Row {
  readonly item: SheetItem
  readonly number: string
}

/** A column that would be empty in every row is left out. */
function columnsFor(
  items: readonly SheetItem[],
  words: Words,
  say: (words: InBothLanguages) => string,
): readonly Column<Row>[] {
  const some = (has: (item: SheetItem) => boolean) => items.some(has)
  return [
    {
      key: 'number',
      heading: words.number,
      align: 'end',
      cell: ({ number }) => <span className="figures">{number}</span>,
    },
    {
      key: 'payee',
      heading: words.payee,
      namesRow: true,
      cell: ({ item }) => <Payee item={item} />,
    },
    { key: 'account', heading: words.account, cell: ({ item }) => <Account item={item} /> },
    ...(some(({ deductedFee }) => deductedFee !== '0')
      ? [money('payable', words), money('deductedFee', words)]
      : []),
    money('amount', words),
    ...(some(({ bankFee }) => bankFee !== '0') ? [money('bankFee', words)] : []),
    ...(some(({ ediInformation }) => (ediInformation ?? '') !== '')
      ? [
          {
            key: 'edi',
            heading: words.ediInformation,
            cell: ({ item }: Row) => wideKana(item.ediInformation ?? '') || '—',
          },
        ]
      : []),
    ...(some(({ outcome }) => outcome !== null)
      ? [
          {
            key: 'outcome',
            heading: words.outcome,
            cell: ({ item }: Row) => (item.outcome === null ? '—' : say(item.outcome)),
          },
        ]
      : []),
  ]
}

function money(key: 'payable' | 'deductedFee' | 'amount' | 'bankFee', words: Words): Column<Row> {
  return {
    key,
    heading: words[key],
    align: 'end',
    cell: ({ item }) => <Amount value={item[key]} unit strong={key === 'amount'} />,
  }
}

const checkLooks: Readonly<Record<NameCheck, BadgeLook>> = {
  confirmed: 'done',
  differs: 'refused',
  'no-answer': 'waiting',
  'not-asked': 'neutral',
}

function Payee({ item }: { readonly item: SheetItem }) {
  const words = useWords()
  return (
    <span className="inline-block">
      <strong lang="ja">{wideKana(item.payeeName)}</strong>
      {item.label !== '' && <span className="block text-sm text-ink-soft">{item.label}</span>}
      <span className="mt-1 flex flex-wrap gap-1 max-sm:justify-end">
        {item.isNew && (
          <span title={words.isNewSays}>
            <Badge look="important">{words.isNew}</Badge>
          </span>
        )}
        <Badge look={checkLooks[item.nameCheck]}>{words.nameChecks[item.nameCheck]}</Badge>
      </span>
      {item.nameAtBank !== null && (
        <span className="mt-1 block text-sm text-red-900">
          {words.nameAtBank(wideKana(item.nameAtBank))}
        </span>
      )}
    </span>
  )
}

function Account({ item }: { readonly item: SheetItem }) {
  const words = useWords()
  return (
    <span className="inline-block">
      <span lang="ja">{item.bank}</span>
      <span lang="ja" className="block">
        {item.branch}
      </span>
      <span className="figures block whitespace-nowrap">
        {words.kinds[item.accountKind]} {item.accountNumber}
      </span>
    </span>
  )
}

function Totals({ totals }: { readonly totals: OrderSheet['totals'] }) {
  const words = useWords()
  const deducts = totals.deductedFee !== '0'
  const sums = [
    ...(deducts ? (['payable', 'deductedFee'] as const) : []),
    ...(['amount', 'bankFee'] as const),
  ]
  return (
    <Facts
      dense
      facts={[
        [
          words.count,
          <span key="count" className="figures">
            {words.counted(yenText(String(totals.count)))}
          </span>,
        ],
        ...sums.map(
          (sum) => [words.sums[sum], <Amount key={sum} value={totals[sum]} unit />] as const,
        ),
        [words.sums.debit, <Amount key="debit" value={totals.debit} unit strong />],
      ]}
    />
  )
}
