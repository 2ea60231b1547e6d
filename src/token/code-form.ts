/** The form of a typed code: 12 digits where 8 are asked for come from another step, and say so. */
export const codeLengths = { 'authentication-code': 12, 'transaction-code': 8 } as const
export type CodeKind = keyof typeof codeLengths

export type CodeFormRefusal = 'code-of-another-step' | 'code-malformed'

/** @returns null for a code of the right form */
export function codeFormRefusal(code: string, wanted: CodeKind): CodeFormRefusal | null {
  if (!/^\d*$/.test(code)) return 'code-malformed'
  if (code.length === codeLengths[wanted]) return null
  const isOther = Object.values(codeLengths).some((length) => length === code.length)
  return isOther ? 'code-of-another-step' : 'code-malformed'
}
