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
    devicePort: 8082,
    deviceOrigin: 'http://localhost:8082',
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
  expect(good({ DEVICE_PORT: '9002' }).deviceOrigin).toBe('http://localhost:9002')
  expect(good({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1'])
})

test('the device never shares the origin of the bank', () => {
  const PUBLIC_ORIGIN = 'https://ib.bank.example'
  const mistakes = bad({ PUBLIC_ORIGIN, DEVICE_ORIGIN: `${PUBLIC_ORIGIN}:443` })
  expect(mistakes).toEqual([expect.stringMatching(/^DEVICE_ORIGIN must differ from PUBLIC_ORIGIN/)])
  expect(bad({ PORT: '8082' })).toEqual(mistakes)
  expect(bad({ PORT: '0', DEVICE_PORT: '0' })).toEqual([])
  const DEVICE_ORIGIN = 'https://token.bank.example'
  expect(good({ PUBLIC_ORIGIN, DEVICE_ORIGIN })).toMatchObject({ deviceOrigin: DEVICE_ORIGIN })
})

test('mail leaves the house where a server and a sender are set', () => {
  const [SMTP_URL, MAIL_FROM] = ['smtps://bank:p%40ss@mail.bank.example', 'ib@bank.example']
  expect(good({})).toMatchObject({ smtpUrl: null, mailFrom: 'no-reply@bank.example' })
  expect(good({ SMTP_URL, MAIL_FROM })).toMatchObject({ smtpUrl: SMTP_URL, mailFrom: MAIL_FROM })
  const mistakes = bad({ SMTP_URL })
  expect(mistakes).toEqual([expect.stringMatching(/^SMTP_URL needs MAIL_FROM/)])
  expect(mistakes.join('')).not.toContain('p%40ss')
})

describe('the listener for certificates', () => {
  const bank = {
    DATABASE_URL: 'postgres://db.bank.example/madoguchi',
    PUBLIC_ORIGIN: 'https://ib.bank.example',
    CERT_ORIGIN: 'https://cert.bank.example',
  }
  const entry = (environment: Record<string, string>) => good(environment).certificateEntry

  test('opens in the demo by itself, and nowhere else unless it is asked for', () => {
    const origin = 'https://localhost:8443'
    expect(entry({})).toEqual({ kind: 'tls', files: null, port: 8443, origin })
    expect(entry({ CERT_PORT: '9443' })).toMatchObject({ origin: 'https://localhost:9443' })
    expect(entry({ CERT_ENTRY: 'off' })).toEqual({ kind: 'off' })
    expect(entry(bank)).toEqual({ kind: 'off' })
  })

  test('has a certificate of its own, or stands behind a proxy', () => {
    const files = { CERT_TLS_CERT: 'a.pem', CERT_TLS_KEY: 'b.pem' }
    const own = { certificate: 'a.pem', key: 'b.pem' }
    expect(entry({ ...bank, CERT_ENTRY: 'tls', ...files })).toMatchObject({ files: own })
    const CERT_TRUSTED_PROXIES = '10.0.0.0/8'
    expect(entry({ ...bank, CERT_ENTRY: 'proxy', CERT_TRUSTED_PROXIES })).toEqual({
      ...{ kind: 'proxy', trusted: ['10.0.0.0/8'], port: 8443 },
      origin: 'https://cert.bank.example',
    })
  })

  test.each([
    [{ CERT_ENTRY: 'tls' }, /^CERT_ENTRY tls needs CERT_TLS_CERT/],
    [{ CERT_ENTRY: 'tls', CERT_TLS_KEY: 'b.pem' }, /needed both/],
    [{ CERT_ENTRY: 'proxy' }, /^CERT_ENTRY proxy needs CERT_TRUSTED_PROXIES/],
    [{ CERT_ENTRY: 'proxy', CERT_TRUSTED_PROXIES: 'lan' }, /CERT_TRUSTED_PROXIES/],
    [{ CERT_ENTRY: 'tls', CERT_ORIGIN: 'http://cert.bank.example' }, /does not begin with https/],
    [{ CERT_ENTRY: 'tls', CERT_ORIGIN: 'https://ib.bank.example' }, /differ from PUBLIC_ORIGIN/],
    [{ CERT_ENTRY: 'tls', CERT_ORIGIN: '' }, /^CERT_ORIGIN is not an address/],
  ])('is not opened with %o', (wrong, says) => {
    expect(bad({ ...bank, ...wrong })[0]).toMatch(says)
  })
})

test('keys live in files, or in a token that is named in full', () => {
  expect(good({}).keyVault).toEqual({ kind: 'file' })
  const token = {
    KEY_VAULT: 'pkcs11',
    PKCS11_MODULE: '/usr/lib/softhsm/libsofthsm2.so',
    PKCS11_TOKEN: 'bank',
    PKCS11_PIN_FILE: '/etc/madoguchi/pin',
  }
  expect(good(token).keyVault).toEqual({
    kind: 'pkcs11',
    modulePath: '/usr/lib/softhsm/libsofthsm2.so',
    tokenLabel: 'bank',
    pinFile: '/etc/madoguchi/pin',
  })
  expect(bad({ ...token, PKCS11_TOKEN: '', PKCS11_PIN_FILE: '' })).toEqual([
    'PKCS11_TOKEN is needed by KEY_VAULT pkcs11',
    'PKCS11_PIN_FILE is needed by KEY_VAULT pkcs11',
  ])
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
    ['DEVICE_PORT', 'eighty'],
    ['DEVICE_ORIGIN', 'http://token.bank.example'],
    ['DATABASE_URL', 'mysql://x'],
    ['SESSION_IDLE_MINUTES', '0'],
    ['METRICS_TOKEN', 'short'],
    ['SMTP_URL', 'mail.bank.example'],
    ['SMTP_URL', 'https://mail.bank.example'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://mail.bank.example/?requireTLS=false'],
    ['MAIL_FROM', 'the bank'],
    ['MAIL_FROM', 'a@bank.example\nBcc: b@bank.example'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'perhaps'],
    ['KEY_VAULT', 'paper'],
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
