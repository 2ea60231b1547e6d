/** 口座 — how an account is named on every screen: branch, kind, number. */
import type { DepositKind } from '#kit/account-number.ts'
import { useUiMessages } from './language.tsx'

export interface AccountNumberProps {
  readonly kind: DepositKind
  readonly number: string
}

/** 普通 1234567 */
export function AccountNumber({ kind, number }: AccountNumberProps) {
  const words = useUiMessages().account
  return (
    <span className="figures whitespace-nowrap">
      {words.kinds[kind]} {number}
    </span>
  )
}
