/** 確認用パスワード before anything else; a wrong one is written down as a refused operation. */
import type { Visitor } from '#kit/visitor.ts'
import type { Came } from './drafting.ts'
import type { TransfersNeeds } from './needs.ts'
import { recordRefusal } from './recording.ts'

export async function passwordFirst(
  needs: TransfersNeeds,
  visitor: Visitor,
  { confirmationPassword, came }: { readonly confirmationPassword: string; readonly came: Came },
): ReturnType<TransfersNeeds['confirmationPassword']['check']> {
  const checked = await needs.confirmationPassword.check(visitor, confirmationPassword, came)
  if (!checked.granted) {
    const { reason: refusal } = checked
    await recordRefusal(needs, { visitor, came, operation: 'transfer-cancelled', refusal })
  }
  return checked
}
