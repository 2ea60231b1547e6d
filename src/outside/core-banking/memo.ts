/**
 * 摘要 and its companions as the one text that the ledger keeps beside a line.
 *
 * The fields stand in a fixed order, parted by U+001F, ASCII's own unit separator: short, quick to
 * read back, and a search through the text cannot match across two fields by accident.
 */
import type { Particulars } from './port.ts'

const separator = '\u001F'
const fields = [
  'description',
  'remitterCode',
  'remitterName',
  'bankName',
  'branchName',
  'ediInformation',
  'chequeNumber',
] as const satisfies readonly (keyof Particulars)[]

/** @throws RangeError for control characters and half surrogates: they cannot be kept or printed */
export function memoOf(particulars: Particulars): string {
  const texts = fields.map((field) => particulars[field] ?? '')
  for (const text of texts) {
    // oxlint-disable-next-line no-control-regex -- these are what it looks for
    if (/[\u0000-\u001F]/.test(text) || !text.isWellFormed()) {
      throw new RangeError('particulars hold a character that cannot be kept')
    }
  }
  while (texts.length > 1 && texts.at(-1) === '') texts.pop()
  return texts.join(separator)
}

export function particularsOf(memo: string): Particulars {
  const [description = '', ...rest] = memo.split(separator)
  const particulars: { -readonly [F in keyof Particulars]: Particulars[F] } = { description }
  rest.forEach((text, index) => {
    const field = fields[index + 1]
    if (field !== undefined && text !== '') particulars[field] = text
  })
  return particulars
}
