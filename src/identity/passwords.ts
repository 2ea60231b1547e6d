/**
 * パスワードの規則 — what a new login password or 確認用パスワード must look like.
 *
 * Two profiles (design §8): `guide` is the table of the guide's 手順 2, word for word; `modern`
 * follows NIST SP 800-63B and asks for length instead of kinds of characters. Every broken rule
 * is named, in the order of `passwordFaults`.
 */
import type { PasswordFault, PasswordField, PasswordProfile } from './contract.ts'

export interface PasswordPolicy {
  readonly profile: PasswordProfile
  readonly lengthMin: number
  readonly lengthMax: number
  /** Lower-case passwords that `modern` does not take. */
  readonly common: ReadonlySet<string>
}

/** The four fields as they were sent; absent where the screen did not show one. */
export type PasswordForm = { readonly [Field in PasswordField]?: string | undefined }

export interface FieldFault {
  readonly path: PasswordField
  readonly code: PasswordFault
}

/** The lengths of each profile: internet-banking.md §12, certificates-and-security.md C3. */
export const profileLengths = {
  guide: { lengthMin: 6, lengthMax: 12 },
  modern: { lengthMin: 12, lengthMax: 64 },
} as const satisfies Record<PasswordProfile, { lengthMin: number; lengthMax: number }>

/** The form in which a password is compared and hashed: NFC, as NIST SP 800-63B asks. */
export function normalised(password: string): string {
  return password.normalize('NFC')
}

/**
 * Everything that is wrong with the form, before any stored secret is looked at.
 * @param asked the fields that the forced change shows
 */
export function formFaults(
  form: PasswordForm,
  {
    asked,
    loginId,
    policy,
  }: {
    asked: readonly PasswordField[]
    loginId: string
    policy: PasswordPolicy
  },
): readonly FieldFault[] {
  const loginPassword = form.newLoginPassword ?? form.currentLoginPassword
  const faultsOf = (field: PasswordField): readonly PasswordFault[] => {
    const value = form[field]
    if (!asked.includes(field)) return value === undefined ? [] : ['not-asked-for']
    if (value === undefined || value === '') return ['required']
    if (field === 'currentLoginPassword' || field === 'currentConfirmationPassword') return []
    const confirmation = field === 'newConfirmationPassword'
    return newPasswordFaults(value, policy, {
      loginId,
      current: confirmation ? form.currentConfirmationPassword : form.currentLoginPassword,
      loginPassword: confirmation ? loginPassword : undefined,
    })
  }
  return fieldsInOrder.flatMap((path) => faultsOf(path).map((code) => ({ path, code })))
}

const fieldsInOrder: readonly PasswordField[] = [
  'currentLoginPassword',
  'newLoginPassword',
  'currentConfirmationPassword',
  'newConfirmationPassword',
]

interface Others {
  readonly loginId: string
  readonly current?: string | undefined
  readonly loginPassword?: string | undefined
}

/** @param others what the new password must differ from; case counts */
export function newPasswordFaults(
  password: string,
  policy: PasswordPolicy,
  others: Others,
): readonly PasswordFault[] {
  const value = normalised(password)
  const same = (other: string | undefined) => other !== undefined && normalised(other) === value
  const length = [...value].length
  const rules: readonly (readonly [PasswordFault, boolean])[] = [
    ['too-short', length < policy.lengthMin],
    ['too-long', length > policy.lengthMax],
    ...kindRules[policy.profile](value, policy),
    ['same-as-login-id', same(others.loginId)],
    ['same-as-login-password', same(others.loginPassword)],
    ['same-as-current', same(others.current)],
  ]
  return rules.filter(([, broken]) => broken).map(([fault]) => fault)
}

type KindRules = (
  value: string,
  policy: PasswordPolicy,
) => readonly (readonly [PasswordFault, boolean])[]

const kindRules: Record<PasswordProfile, KindRules> = {
  /** 半角英数字を混在して */
  guide: (value) => {
    const alphanumeric = /^[A-Za-z0-9]*$/.test(value)
    const mixed = /[A-Za-z]/.test(value) && /[0-9]/.test(value)
    return [
      ['not-half-width-alphanumeric', !alphanumeric],
      ['letters-and-digits-not-mixed', alphanumeric && !mixed],
    ]
  },
  /** Surrogates that stand alone and control characters cannot be typed again on purpose. */
  modern: (value, { common }) => [
    ['unreadable-characters', !value.isWellFormed() || /\p{Cc}/u.test(value)],
    ['too-common', isCommon(value, common)],
  ],
}

/** On the list, or one of its words or one character over and over. */
function isCommon(value: string, common: ReadonlySet<string>): boolean {
  const lower = value.toLowerCase()
  if (common.has(lower)) return true
  const unit = /^(.{1,6}?)\1+$/u.exec(lower)?.[1]
  if (unit !== undefined) return true
  return common.has(lower.replace(/[^\p{L}]+$/u, '')) || common.has(lower.replace(/\d{1,4}$/, ''))
}
