/** Statement files for tests: the accounts and lines of test/samples/zengin. */
import type { CompanyAccount } from '#administration/index.ts'
import { accountKey } from '#kit/account-number.ts'
import type { CompanyId } from '#kit/ids.ts'
import { yen, yenBalance } from '#kit/yen.ts'
import type { Particulars, StatementLine } from '#outside/core-banking/port.ts'
import type { Section, StatementFile } from './section.ts'

const number = { branchCode: '101', kind: 'ordinary', number: '1234567' } as const

export const sampleAccount: CompanyAccount = {
  companyId: '0193a000-0000-7000-8000-000000000000' as CompanyId,
  key: accountKey(number),
  account: number,
  branchName: '本店',
  holder: '株式会社テスト商事',
  holderKana: 'ｶ)ﾃｽﾄｼﾖｳｼﾞ',
  representative: true,
  memo: '',
}

export function aLine(more: {
  day: string
  in?: bigint
  out?: bigint
  balance: bigint
  kind?: StatementLine['kind']
  particulars?: Partial<Particulars>
}): StatementLine {
  const day = Temporal.PlainDate.from(more.day)
  return {
    account: number,
    sequence: 1n,
    bookedOn: day,
    valueOn: day,
    direction: more.in === undefined ? 'out' : 'in',
    amount: yen(more.in ?? more.out ?? 0n),
    balance: yenBalance(more.balance),
    kind: more.kind ?? 'transfer',
    particulars: { description: '', ...more.particulars },
  }
}

const sumOf = (lines: readonly StatementLine[]) =>
  lines.reduce((sum, line) => sum + line.amount, 0n)

export function aSection(lines: readonly StatementLine[], opening: bigint): Section {
  const [arrived, left] = (['in', 'out'] as const).map((direction) =>
    lines.filter((line) => line.direction === direction),
  )
  return {
    account: sampleAccount,
    totals: {
      inCount: arrived!.length,
      inAmount: sumOf(arrived!),
      outCount: left!.length,
      outAmount: sumOf(left!),
      opening: yenBalance(opening),
      closing: yenBalance(opening + sumOf(arrived!) - sumOf(left!)),
    },
    lines: (async function* () {
      // Chunks of two, so that a file is put together from more than one.
      for (let at = 0; at < lines.length; at += 2) yield lines.slice(at, at + 2)
    })(),
  }
}

export function aFile(...sections: readonly Section[]): StatementFile {
  return {
    bank: {
      code: '9999',
      name: 'まどぐち銀行',
      nameKana: 'ﾃｽﾄ',
      branchNamesKana: { '101': 'ﾎﾝﾃﾝ' },
    },
    period: {
      from: Temporal.PlainDate.from('2026-11-01'),
      to: Temporal.PlainDate.from('2026-11-20'),
    },
    madeAt: Temporal.Instant.from('2026-11-22T09:00:00+09:00'),
    sections,
  }
}

const yamada = { remitterName: 'ﾔﾏﾀﾞｺｳｷﾞﾖｳ(ｶ', bankName: 'ﾐﾎﾝ', branchName: 'ｴｷﾏｴ' }

export const sample03Lines = [
  aLine({
    day: '2026-11-05',
    in: 110_000n,
    balance: 1_110_000n,
    particulars: { ...yamada, description: 'ﾌﾘｺﾐ', ediInformation: 'INV-1' },
  }),
  aLine({
    day: '2026-11-10',
    out: 55_000n,
    balance: 1_055_000n,
    kind: 'book-transfer',
    particulars: { description: 'ﾃﾞﾝｷﾘﾖｳ' },
  }),
  aLine({
    day: '2026-11-20',
    out: 200_330n,
    balance: 854_670n,
    particulars: { description: 'ｿｳｺﾞｳﾌﾘｺﾐ' },
  }),
] as const

export const sample01Lines = (amount: bigint) => [
  aLine({
    day: '2026-11-20',
    in: amount,
    balance: amount,
    particulars: { ...yamada, ediInformation: 'INV-1' },
  }),
]

export async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(body))
}
