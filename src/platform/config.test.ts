/** Reading the environment and the bank's parameters. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultBankParameters, readBankParameters } from './bank-parameters.ts'
import { mistakesInWords, readConfig, type Config } from './config.ts'

function good(environment: Record<string, string>): Config {
  const read = readConfig(environment)
  if ('mistakes' in read) throw new Error(mistakesInWords(read.mistakes))
  return read.config
}
function bad(environment: Record<string, string>): readonly string[] {
  const read = readConfig(environment)
  return 'mistakes' in read ? read.mistakes : []
}

test('nothing set: the demo bank on this machine', () => {
  expect(good({})).toMatchObject({
    role: 'all',
    port: 8080,
    publicOrigin: 'http://localhost:8080',
    publicOriginIsDefault: true,
    databaseUrl: null,
    dataDir: './data',
    demo: true,
    trustedProxies: [],
    passwordProfile: 'guide',
    sessionIdleMinutes: 15,
    sessionAbsoluteHours: 8,
  })
})

test("a bank's own database has no demo unless it is asked for", () => {
  const DATABASE_URL = 'postgres://db.bank.example/madoguchi'
  expect(good({ DATABASE_URL }).demo).toBe(false)
  expect(good({ DATABASE_URL, DEMO: 'true' }).demo).toBe(true)
})

test('an empty variable is one that nobody set', () => {
  expect(good({ PORT: '', ROLE: ' ' })).toMatchObject({ port: 8080, role: 'all' })
})

test('the origin follows the port, and lists are split', () => {
  expect(good({ PORT: '9000' }).publicOrigin).toBe('http://localhost:9000')
  expect(good({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1'])
})

describe('is refused by name', () => {
  test.for([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['ROLE', 'everything'],
    ['TRUSTED_PROXIES', 'all'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['PUBLIC_ORIGIN', 'ib.bank.example'],
    ['PUBLIC_ORIGIN', 'http://ib.bank.example'],
    ['PUBLIC_ORIGIN', 'https://ib.bank.example/counter'],
    ['DATABASE_URL', 'mysql://x'],
    ['SESSION_IDLE_MINUTES', '0'],
    ['METRICS_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'perhaps'],
  ] as const)('%s=%s', ([name, value]) => {
    const mistakes = bad({ [name]: value })
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(new RegExp(`^${name} `))
  })
})

test('all mistakes are told at once', () => {
  const mistakes = bad({ PORT: 'x', ROLE: 'y', DEMO: 'z' })
  expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual(['ROLE', 'PORT', 'DEMO'])
  expect(mistakesInWords(mistakes).split('\n')).toHaveLength(4)
})

describe('bank parameters', () => {
  const fileWith = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'parameters-')), 'bank.json')
    writeFileSync(file, text)
    return file
  }

  test('without a file are those of the guide', () => {
    expect(readBankParameters(null)).toEqual({ parameters: defaultBankParameters })
    expect(defaultBankParameters.loginLock).toEqual({
      consecutiveMax: 5,
      pauseMinutes: 30,
      cumulativeMax: 10,
    })
  })

  test('a file overrides what it names and no more', () => {
    const read = readBankParameters(fileWith('{"loginLock":{"pauseMinutes":60}}'))
    expect(read).toMatchObject({
      parameters: { loginLock: { consecutiveMax: 5, pauseMinutes: 60 }, historyDaysShown: 100 },
    })
  })

  test.for([
    '{',
    '{"loginLok":{}}',
    '{"bankCode":"99"}',
    '{"loginLock":{"cumulativeMax":3}}',
    '{"serviceHours":[null]}',
  ])('a mistake in the file is named: %s', (text) => {
    const read = readBankParameters(fileWith(text))
    expect('mistakes' in read && read.mistakes[0]).toMatch(/^BANK_PARAMETERS .*bank\.json/)
  })
})
