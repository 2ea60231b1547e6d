/** 摘要 — what is printed beside an amount on either side. */
import type { Particulars } from '#outside/core-banking/port.ts'
import { parseAccountKey } from '#kit/account-number.ts'
import type { TransferParameters } from './parameters.ts'
import type { Item, Transfer } from './transfer.ts'

export interface Notes {
  readonly debitParticulars: Particulars
  readonly creditParticulars: Particulars
}

/** On the payer's statement the payee's name; on the payee's the remitter's, with EDI情報. */
export function noteOfAmount(
  parameters: Pick<TransferParameters, 'bankNameKana' | 'branchNameOf'>,
  { kind, accountKey, ordered }: Transfer,
  { payeeName, bankName, branchName, edi }: Item,
): Notes {
  const description = kind === 'own-transfer' ? 'ﾌﾘｶｴ' : 'ﾌﾘｺﾐ'
  const branchCode = parseAccountKey(accountKey)!.branchCode
  return {
    debitParticulars: { description, remitterName: payeeName, bankName, branchName },
    creditParticulars: {
      description,
      remitterName: ordered!.remitterPrinted,
      bankName: parameters.bankNameKana,
      branchName: parameters.branchNameOf(branchCode),
      ...(edi !== '' && { ediInformation: edi }),
    },
  }
}
