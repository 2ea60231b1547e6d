/** 依頼の写し — an order on paper (PDF), in the language of the visitor. */
import { momentInJapan } from '#kit/japan-time.ts'
import type { OrderSheet } from '#kit/order-sheet.ts'
import type { Language } from '#kit/visitor.ts'
import type { PdfPaper } from '#platform/pdf/paper.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

export interface PaperFacts {
  readonly sheet: OrderSheet
  readonly state: { readonly ja: string; readonly en: string }
  readonly steps: readonly {
    readonly at: string
    readonly by: { readonly name: string } | null
    readonly says: { readonly ja: string; readonly en: string }
  }[]
  readonly language: Language
  readonly bankName: string
}

export function orderPaper({ sheet, state, steps, language, bankName }: PaperFacts): PdfPaper {
  const { print, sheet: words } = language === 'en' ? en : ja
  const { columns } = print
  return {
    title: print.title,
    facts: [
      { label: words.state, value: state[language] },
      ...sheet.facts.map(({ label, value, as }) => ({
        label: label[language],
        value: as === 'moment' ? moment(value.ja) : value[language],
      })),
    ],
    tables: [
      {
        heading: print.payees,
        columns: [
          { title: columns.payee, width: 'rest' },
          { title: columns.bank, width: 52 },
          { title: columns.account, width: 30 },
          { title: columns.payable, width: 26, align: 'right' },
          { title: columns.deducted, width: 20, align: 'right' },
          { title: columns.amount, width: 26, align: 'right' },
          { title: columns.bankFee, width: 18, align: 'right' },
          { title: columns.outcome, width: 36 },
        ],
        rows: sheet.items.map((item) => [
          item.payeeName,
          `${item.bank} ${item.branch}`,
          `${words.depositKinds[item.accountKind]} ${item.accountNumber}`,
          ...[item.payable, item.deductedFee, item.amount, item.bankFee].map(grouped),
          item.outcome?.[language] ?? '',
        ]),
        sums: [
          [
            print.total,
            ...['', ''],
            ...[sheet.totals.payable, sheet.totals.deductedFee].map(grouped),
            ...[sheet.totals.amount, sheet.totals.bankFee].map(grouped),
            '',
          ],
        ],
        whenEmpty: print.none,
      },
      {
        heading: print.steps,
        columns: [
          { title: print.at, width: 42 },
          { title: print.by, width: 40 },
          { title: print.says, width: 'rest' },
        ],
        rows: steps.map(({ at, by, says }) => [
          moment(at),
          by?.name ?? print.theBank,
          says[language],
        ]),
        whenEmpty: '',
      },
    ],
    foot: bankName,
    orientation: 'landscape',
    language,
  }
}

function moment(text: string): string {
  return momentInJapan(Temporal.Instant.from(text))
}

/** 1,234,567 */
function grouped(amount: string): string {
  return BigInt(amount).toLocaleString('en')
}
