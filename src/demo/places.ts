/** The banks that do not exist, and who banks with となり銀行: for the directory and its simulator. */
import type { BankAccount } from '#kit/bank-account.ts'
import { branches, otherBank, otherBranches, ownBank } from './accounts.ts'
import { customers, suppliers, type Counterparty } from './counterparties.ts'

const otherNames = { ﾎﾝﾃﾝ: '本店', ｻｸﾗ: 'さくら支店', ｷﾀ: '北支店', ｴｷﾏｴ: '駅前支店' } as const

export const demoPlaces = {
  banks: [ownBank, otherBank],
  branches: [
    ...Object.entries(branches).map(([code, { name, kana }]) => ({
      ...{ bankCode: ownBank.code as string, code, name, kana },
    })),
    ...otherBranches.map((kana, at) => ({
      ...{ bankCode: otherBank.code as string, code: branchCodeOf(at), kana },
      name: otherNames[kana],
    })),
  ],
}

function branchCodeOf(at: number): string {
  return String(101 + at)
}

/** Where a counterparty is paid; our books keep those of となり銀行 under a branch of our own. */
export function payableAt({ account, bank, branchName }: Counterparty): BankAccount {
  if (bank === 'own') return { ...account, bankCode: ownBank.code }
  const at = otherBranches.findIndex((name) => name === branchName)
  return { ...account, bankCode: otherBank.code, branchCode: branchCodeOf(Math.max(at, 0)) }
}

/** The customers of となり銀行 whom 株式会社サンプル商事 knows. */
export const neighbours = [...customers, ...suppliers]
  .filter(({ bank }) => bank === 'other')
  .map((one) => ({ account: payableAt(one), holderKana: one.kana }))
