/** Key containers: other people's and ours, and everything that is refused, in its order. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPskc, writePskc, type PskcRefusalReason, type PskcToken } from './pskc.ts'

const sample = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../test/samples/pskc', `${name}.xml`))
const invented = (serial: string) =>
  new Uint8Array(createHash('sha256').update(`factory key of ${serial}`).digest())
const counting = (bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => at)

const key: Uint8Array = counting(32)
const serials = ['11', '22', '33'] as const
const three = () => writePskc(serials.map(token), key)
function token(serial: string): PskcToken {
  return { serial, factoryKey: invented(serial), manufacturer: 'oath.Example', model: 'Camera' }
}
const changed = (change: (text: string) => string) =>
  Buffer.from(change(Buffer.from(three()).toString()))
function reason(file: Uint8Array, preSharedKey = key) {
  const read = readPskc(file, preSharedKey)
  return read.granted ? 'granted' : read.reason
}

describe('files of others', () => {
  test.for([
    ['aes256-hmac-sha256', 32],
    ['aes128-hmac-sha1', 16],
  ] as const)('made by python3-pskc are read: %s', ([name, keyBytes]) => {
    const file = sample(name)
    const read = readPskc(file, counting(keyBytes))
    const facts = { manufacturer: 'oath.Example', model: 'Camera token' }
    expect(read).toEqual({
      granted: true,
      value: {
        tokens: [
          { serial: '31415', factoryKey: invented('000000031415'), ...facts },
          { serial: '271828182845', factoryKey: invented('271828182845'), ...facts },
          { serial: '42', factoryKey: invented('42'), ...facts },
        ],
        sha256: createHash('sha256').update(file).digest('hex'),
      },
    })
  })

  test("the RFC's own example passes up to its key of 20 bytes", () => {
    const agreed = Buffer.from('12345678901234567890123456789012', 'hex')
    const read = readPskc(sample('rfc6030-figure-6'), agreed)
    expect(read).toMatchObject({ reason: 'secret-not-32-bytes', facts: { serial: '987654321' } })
  })
})

describe('our own files', { timeout: 30_000 }, () => {
  const pskctool = spawnSync('pskctool', ['--version']).status === 0
  const serial = fc.integer({ min: 1, max: 999_999_999_999 }).map(String)
  const words = fc.stringMatching(/^[あ-んA-Za-z0-9<>&"' ]{1,20}$/).map((text) => text.trim())
  const someone = fc.record({
    serial,
    factoryKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    manufacturer: words.filter((text) => text !== ''),
    model: words.filter((text) => text !== ''),
  })
  const many = fc.uniqueArray(someone, {
    minLength: 1,
    maxLength: 4,
    selector: ({ serial }) => serial,
  })
  const keys = fc.constantFrom(16, 32).chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))

  test('come back as they were written', () => {
    fc.assert(
      fc.property(many, keys, (tokens, preSharedKey) => {
        const read = readPskc(writePskc(tokens, preSharedKey), preSharedKey)
        expect(read).toMatchObject({ granted: true, value: { tokens } })
      }),
    )
  })

  test('say nothing of the keys to who has another pre-shared key', () => {
    fc.assert(
      fc.property(many, keys, keys, (tokens, one, other) => {
        fc.pre(!Buffer.from(one).equals(other))
        // A wrong key may look right by chance (1 in 256); then no MAC holds.
        expect(reason(writePskc(tokens, one), other)).toMatch(/^pre-shared-key-wrong|^mac-broken/)
      }),
    )
  })

  test.skipIf(!pskctool)('hold to the schema of RFC 6030, by pskctool', () => {
    const { stdout } = spawnSync('pskctool', ['--validate'], { input: three() })
    expect(stdout.toString().trim()).toBe('OK')
  })

  test('a changed byte of ciphertext or MAC is never taken', () => {
    const text = Buffer.from(three()).toString()
    const digits = [...text.matchAll(/(?<=CipherValue>|ValueMAC>)[A-Za-z0-9+/]+/g)]
    const places = digits.flatMap(({ index, 0: found }) => [...found].map((_, at) => index + at))
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom('A', 'B', '+'), (at, digit) => {
        fc.pre(text[at] !== digit)
        const forged = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`
        expect(reason(Buffer.from(forged))).toMatch(
          /^mac-broken|^pre-shared-key-wrong|^mac-key-missing/,
        )
      }),
    )
  })
})

interface Given {
  readonly text: string
  readonly key: Uint8Array
}
type Fault = readonly [PskcRefusalReason, (given: Given) => Given]
const replace = (from: string | RegExp, to: string) => (given: Given) => {
  const text = given.text.replace(from, to)
  expect(text).not.toBe(given.text)
  return { ...given, text }
}

/** In the published order; each one is put into a file that has all the later ones, too. */
const faults: readonly Fault[] = [
  ['too-large', (given) => ({ ...given, text: given.text.padEnd(4 * 1024 * 1024 + 1) })],
  ['doctype-forbidden', replace('<pskc:KeyContainer', '<!DOCTYPE x><pskc:KeyContainer')],
  ['too-deep', replace('<pskc:MACMethod', `${'<a>'.repeat(40)}<pskc:MACMethod`)],
  ['not-xml', replace('</pskc:KeyContainer>', '')],
  ['not-a-key-container', replace('ns:keyprov:pskc"', 'ns:keyprov:other"')],
  ['version-unsupported', replace('Version="1.0"', 'Version="2.0"')],
  ['no-keys', replace(/<pskc:KeyPackage>[^]*<\/pskc:KeyPackage>/, '')],
  ['plain-text-secret', replace('<pskc:ValueMAC>', '<pskc:PlainValue>AA==</pskc:PlainValue>$&')],
  ['serial-malformed', replace('No>33<', 'No>3333333333333<')],
  ['serial-twice', replace('No>22<', 'No>011<')],
  ['secret-missing', replace(/<pskc:EncryptedValue>.*<\/pskc:EncryptedValue>/, '')],
  ['algorithm-unsupported', replace('#hmac-sha256', '#hmac-md5')],
  ['mac-key-missing', replace(/<pskc:MACKey>.*<\/pskc:MACKey>/, '')],
  ['pre-shared-key-wrong', (given) => ({ ...given, key: counting(16) })],
  ['mac-broken', replace(/<pskc:ValueMAC>.*/, '<pskc:ValueMAC>AAAA</pskc:ValueMAC>')],
]

describe('the order of refusals', () => {
  const short = { serial: '33', factoryKey: invented('33').subarray(1) }
  const text = Buffer.from(writePskc([token('11'), token('22'), short], key)).toString()

  test('the last one is a secret of another length', () => {
    const read = readPskc(Buffer.from(text), key)
    expect(read).toMatchObject({ reason: 'secret-not-32-bytes', facts: { serial: '33' } })
  })

  test.for(faults.map(([name], at) => [name, at] as const))(
    '%s comes before what follows',
    ([name, at]) => {
      const given = faults
        .slice(at)
        .reduceRight<Given>((given, [, put]) => put(given), { text, key })
      expect(reason(Buffer.from(given.text), given.key)).toBe(name)
    },
  )
})

describe('is refused, with what to look for', () => {
  const told = (change: (text: string) => string) => readPskc(changed(change), key)

  test('a broken MAC, by its serial', () => {
    const read = told((text) => text.replace(/(No>22<[^]*?ValueMAC>)..../, '$1AAAA'))
    expect(read).toEqual({ granted: false, reason: 'mac-broken', facts: { serial: '22' } })
  })

  test('a cut off ciphertext, and a MAC that is not there', () => {
    const cut = (text: string) => text.replace(/(No>33<[^]*?CipherValue>.{60})[^<]*/, '$1')
    expect(told(cut)).toMatchObject({ reason: 'mac-broken', facts: { serial: '33' } })
    const without = (text: string) => text.replace(/<pskc:ValueMAC>.*/, '')
    expect(told(without)).toMatchObject({ reason: 'mac-broken', facts: { serial: '11' } })
  })

  test('a plain secret beside an encrypted one, or hidden further down', () => {
    const plain = '<pskc:Secret><pskc:PlainValue>AA==</pskc:PlainValue></pskc:Secret>'
    const hidden = `<pskc:Extensions><pskc:x>${plain}</pskc:x></pskc:Extensions>`
    const read = told((text) => text.replace(/(No>22<[^]*?)(<\/pskc:Key>)/, `$1${hidden}$2`))
    expect(read).toMatchObject({ reason: 'plain-text-secret', facts: { package: '2' } })
  })

  test.for(['', 'A1', '1234567890123', '-1', '1 2', '１２', '0', '000000000000'])(
    'a serial number that is none: "%s"',
    (serial) => {
      const read = told((text) => text.replace('No>22<', `No>${serial}<`))
      expect(read).toMatchObject({ reason: 'serial-malformed', facts: { package: '2' } })
    },
  )

  test('two serial numbers, or two secrets, in one package', () => {
    const twice = (name: string) => (text: string) =>
      text.replace(new RegExp(`<pskc:${name}[ >][^]*?</pskc:${name}>`), '$&$&')
    expect(told(twice('SerialNo'))).toMatchObject({ reason: 'serial-malformed' })
    expect(told(twice('Secret'))).toMatchObject({ reason: 'secret-missing' })
    expect(told(twice('Key'))).toMatchObject({ reason: 'secret-missing' })
    expect(told(twice('MACMethod'))).toMatchObject({ reason: 'mac-key-missing' })
  })

  test('a key from a password, and two ciphers in one file', () => {
    const derived = (text: string) => text.replaceAll('ds:KeyName', 'ds:DerivedKey')
    expect(told(derived)).toMatchObject({ facts: { algorithm: 'DerivedKey' } })
    const mixed = (text: string) => text.replace(/(No>22<[^]*?)aes256-cbc/, '$1aes128-cbc')
    expect(told(mixed)).toMatchObject({ reason: 'algorithm-unsupported' })
  })

  test('elements of another namespace are not taken for ours', () => {
    const read = told((text) => text.replace('xmlenc#"', 'other#"'))
    expect(read).toMatchObject({ reason: 'algorithm-unsupported', facts: { algorithm: '' } })
  })
})

describe('what is no honest XML is refused at once', { timeout: 30_000 }, () => {
  const entities = Array.from(
    { length: 10 },
    (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
  )
  test.for<readonly [string, string, string]>([
    [
      'a billion laughs',
      `<!DOCTYPE x [<!ENTITY e0 "ha">${entities.join('')}]><x>&e10;</x>`,
      'doctype-forbidden',
    ],
    [
      'a quadratic blow-up',
      `<!DOCTYPE x [<!ENTITY e "${'ha'.repeat(50_000)}">]><x>${'&e;'.repeat(50_000)}</x>`,
      'doctype-forbidden',
    ],
    [
      'an entity from elsewhere',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      'doctype-forbidden',
    ],
    ['a document type in small letters', '<!doctype x><x/>', 'doctype-forbidden'],
    ['undeclared entities', `<x>${'&e;'.repeat(500_000)}</x>`, 'not-a-key-container'],
    ['endless depth', '<a>'.repeat(1_000_000), 'too-deep'],
    [
      'endless attributes',
      `<a ${Array.from({ length: 200_000 }, (_, at) => `b${at}=""`).join(' ')}/>`,
      'not-xml',
    ],
    ['an open quote', `<a b="${'x'.repeat(2_000_000)}`, 'not-xml'],
    ['nothing', '', 'not-xml'],
    ['a text', 'PSKC', 'not-xml'],
    ['two roots', '<a/><a/>', 'not-xml'],
    ['a NUL', '<a>\0</a>', 'not-xml'],
    ['an escape sequence', '<a>\u001b[2J</a>', 'not-xml'],
    ['names of JavaScript', '<__proto__/>', 'not-xml'],
  ])('%s', ([, text, expected]) => {
    expect(reason(Buffer.from(text))).toBe(expected)
  })

  test('a file with any piece cut out or put in gives a refusal, or the keys it had', () => {
    const file = Buffer.from(three())
    const known = serials.map((serial) => Buffer.from(invented(serial)).toString('hex'))
    const place = fc.nat({ max: file.length })
    fc.assert(
      fc.property(place, fc.nat({ max: 400 }), fc.uint8Array({ maxLength: 8 }), (at, cut, put) => {
        const end = Math.min(at + cut, file.length)
        const read = readPskc(Buffer.concat([file.subarray(0, at), put, file.subarray(end)]), key)
        const keys = read.granted ? read.value.tokens.map(({ factoryKey }) => factoryKey) : []
        expect(known).toEqual(
          expect.arrayContaining(keys.map((one) => Buffer.from(one).toString('hex'))),
        )
      }),
    )
  })

  test('bytes that are no UTF-8, and a document type in UTF-16', () => {
    expect(reason(Uint8Array.of(0x3c, 0xff, 0xfe))).toBe('not-xml')
    expect(reason(Buffer.from('<!DOCTYPE x><x/>', 'utf16le'))).toBe('not-xml')
  })
})
