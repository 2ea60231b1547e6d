/** 電文での表記 — how a text will be written to the other bank, shown while it is typed. */
import { zenginText } from '#kit/zengin/characters.ts'
import { useWords } from './words.ts'

const fields = {
  name: { characters: 'name', bytes: 48 }, // 受取人名, 振込依頼人名
  edi: { characters: 'edi', bytes: 20 }, // EDI情報
} as const

export interface KanaPreviewProps {
  readonly text: string
  readonly of: keyof typeof fields
}

/** Nothing where the text goes as it stands. */
export function KanaPreview({ text, of }: KanaPreviewProps) {
  const words = useWords().entry
  if (text.trim() === '') return null
  const written = zenginText(text, fields[of])
  if (!written.granted) {
    const says = written.reason === 'too-long' ? words.tooLong : words.notWritable
    return <span className="block font-bold text-red-900">{says}</span>
  }
  if (written.value === text) return null
  return (
    <span className="block">
      {words.written}
      <strong className="figures text-ink">{written.value}</strong>
    </span>
  )
}

export function writable(text: string, of: keyof typeof fields): boolean {
  return zenginText(text, fields[of]).granted
}
