/** Every operation has a sentence in both languages, done or refused, with and without facts. */
import { describe, expect, test } from 'vitest'
import { allOperations } from './contract.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

const facts = {
  account: '101-ordinary-1234567',
  from: '2026-11-01',
  to: '2026-11-22',
  search: 'text amountFrom amountTo',
  lines: '1234',
}

describe.each(allOperations)('%s', (operation) => {
  test.for([{}, facts])('is told with %j', (given) => {
    for (const words of [ja, en]) {
      const done = words.says({ operation, result: 'done', facts: given })
      const refused = words.says({ operation, result: 'refused', facts: given })
      expect(done).toContain(words.operations[operation])
      expect(done).not.toBe(refused)
      expect(done).toMatch(/[。.]$/)
    }
  })
})

test('facts are written as a clerk writes them', () => {
  const told = { operation: 'statement-inquiry', result: 'done', facts } as const
  expect(ja.says(told)).toBe(
    '入出金明細照会（口座 101 普通 1234567、絞込み 文字・金額、1,234件、2026/11/01～2026/11/22）を行いました。',
  )
  expect(en.says(told)).toBe(
    'Statement inquiry (account 101 ordinary 1234567, searched by text, amount, 1,234 lines, 2026/11/01 to 2026/11/22).',
  )
})

test('a fact that no sentence knows is shown by its name', () => {
  const told = { operation: 'login', result: 'refused', facts: { colour: '<b>青</b>' } } as const
  expect(ja.says(told)).toBe('ログイン（colour <b>青</b>）は受け付けられませんでした。')
})
