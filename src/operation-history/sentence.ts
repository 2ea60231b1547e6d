/** What was done, in words, for whoever shows an operation outside of this capability. */
import { en } from './messages.en.ts'
import { ja, type Told } from './messages.ja.ts'

export function operationSentence(told: Told): { readonly ja: string; readonly en: string } {
  return { ja: ja.says(told), en: en.says(told) }
}
