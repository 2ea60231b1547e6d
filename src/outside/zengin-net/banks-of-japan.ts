/** 金融機関 — which banks and branches of the country exist, by the public list of zengin-code. */
import { createRequire } from 'node:module'

interface ListedBank {
  readonly name: string
  readonly branches: Readonly<Record<string, unknown>>
}
type List = Readonly<Record<string, ListedBank | undefined>>

let list: List | null = null
const require = createRequire(import.meta.url)
/** Read at its first use: it is large, and only a simulator asks. */
const listed = (): List => (list ??= require('zengin-code') as List)

export function isBankOfJapan(bankCode: string): boolean {
  return Object.hasOwn(listed(), bankCode)
}

export function isBranchOfJapan(bankCode: string, branchCode: string): boolean {
  return isBankOfJapan(bankCode) && Object.hasOwn(listed()[bankCode]!.branches, branchCode)
}

/** @returns null for a bank that the list does not have */
export function bankNameOf(bankCode: string): string | null {
  return isBankOfJapan(bankCode) ? listed()[bankCode]!.name : null
}
