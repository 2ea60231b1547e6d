/**
 * Shift_JIS (CP932), for spreadsheets that read nothing else. The platform can only read it, so
 * the table for writing is turned round from its reader, once, when it is first needed.
 */
const getaMark = 0x81ac // 〓 stands for what Shift_JIS does not have

/** Characters that came apart between the code tables: written as the one CP932 knows. */
const twins = new Map([
  ['〜', '～'],
  ['−', '－'],
  ['‖', '∥'],
  ['—', '―'],
  ['¥', '\\'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¬', '￢'],
])

let table: ReadonlyMap<string, number> | undefined

export function shiftJis(text: string): Uint8Array {
  table ??= turnedRound()
  const bytes = new Uint8Array(text.length * 2)
  let at = 0
  for (const character of text) {
    const code = table.get(character) ?? table.get(twins.get(character) ?? '') ?? getaMark
    if (code > 0xff) bytes[at++] = code >> 8
    bytes[at++] = code & 0xff
  }
  return bytes.subarray(0, at)
}

function turnedRound(): ReadonlyMap<string, number> {
  const reader = new TextDecoder('shift_jis')
  const found = new Map<string, number>()
  const learn = (code: number, ...bytes: number[]) => {
    const character = reader.decode(Uint8Array.from(bytes))
    const single = Array.from(character).length === 1 && character !== '\ufffd'
    // The first code wins where a character has two.
    if (single && !found.has(character)) found.set(character, code)
  }
  for (let byte = 0; byte < 0x80; byte += 1) learn(byte, byte)
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) learn(byte, byte)
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // 0xED and 0xEE repeat what 0xFA-0xFC have; 0xF0-0xF9 are for private use.
    if ((lead >= 0xa0 && lead < 0xe0) || (lead >= 0xed && lead <= 0xf9)) continue
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail !== 0x7f) learn((lead << 8) | trail, lead, trail)
    }
  }
  return found
}
