/** OCRA: all answers of RFC 6287 appendix C. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { utf8, type Bytes } from './bytes.ts'
import { importOcraKey, ocraCode, readSuite, type OcraInput } from './ocra.ts'

const key20 = utf8('12345678901234567890')
const key32 = utf8('12345678901234567890123456789012')
const key64 = utf8('1234567890123456789012345678901234567890123456789012345678901234')
const pin = Uint8Array.from(createHash('sha1').update('1234').digest())
const noon = 0x132d0b6n // 25 March 2008, 12:06:30 GMT, in minutes

/** `2` is `22222222`; `SIG1?000` becomes SIG10000, SIG11000 and so on. */
const repeated = (count: number) => Array.from({ length: count }, (_, at) => `${at}`.repeat(8))
const numbered = (form: string) =>
  Array.from({ length: 5 }, (_, at) => form.replaceAll('?', String(at)))
const of = (questions: readonly string[], rest: Omit<OcraInput, 'question'> = {}) =>
  questions.map((question) => ({ question, ...rest }))

interface Table {
  readonly suite: string
  readonly key: Bytes
  readonly inputs: readonly OcraInput[]
  readonly codes: string
}

const tables: readonly Table[] = [
  // C.1 One-Way Challenge Response
  {
    suite: 'OCRA-1:HOTP-SHA1-6:QN08',
    key: key20,
    inputs: of(repeated(10)),
    codes: '237653 243178 653583 740991 608993 388898 816933 224598 750600 294470',
  },
  {
    suite: 'OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1',
    key: key32,
    inputs: Array.from({ length: 10 }, (_, at) => ({
      question: '12345678',
      counter: BigInt(at),
      passwordHash: pin,
    })),
    codes:
      '65347737 86775851 78192410 71565254 10104329 65983500 70069104 91771096 75011558 08522129',
  },
  {
    suite: 'OCRA-1:HOTP-SHA256-8:QN08-PSHA1',
    key: key32,
    inputs: of(repeated(5), { passwordHash: pin }),
    codes: '83238735 01501458 17957585 86776967 86807031',
  },
  {
    suite: 'OCRA-1:HOTP-SHA512-8:C-QN08',
    key: key64,
    inputs: repeated(10).map((question, at) => ({ question, counter: BigInt(at) })),
    codes:
      '07016083 63947962 70123924 25341727 33203315 34205738 44343969 51946085 20403879 31409299',
  },
  {
    suite: 'OCRA-1:HOTP-SHA512-8:QN08-T1M',
    key: key64,
    inputs: of(repeated(5), { timeSteps: noon }),
    codes: '95209754 55907591 22048402 24218844 36209546',
  },
  // C.2 Mutual Challenge-Response
  {
    suite: 'OCRA-1:HOTP-SHA256-8:QA08',
    key: key32,
    inputs: of(numbered('CLI2222?SRV1111?')),
    codes: '28247970 01984843 65387857 03351211 83412541',
  },
  {
    suite: 'OCRA-1:HOTP-SHA256-8:QA08',
    key: key32,
    inputs: of(numbered('SRV1111?CLI2222?')),
    codes: '15510767 90175646 33777207 95285278 28934924',
  },
  {
    suite: 'OCRA-1:HOTP-SHA512-8:QA08',
    key: key64,
    inputs: of(numbered('CLI2222?SRV1111?')),
    codes: '79496648 76831980 12250499 90856481 12761449',
  },
  {
    suite: 'OCRA-1:HOTP-SHA512-8:QA08-PSHA1',
    key: key64,
    inputs: of(numbered('SRV1111?CLI2222?'), { passwordHash: pin }),
    codes: '18806276 70020315 01600026 18951020 32528969',
  },
  // C.3 Plain Signature
  {
    suite: 'OCRA-1:HOTP-SHA256-8:QA08',
    key: key32,
    inputs: of(numbered('SIG1?000')),
    codes: '53095496 04110475 31331128 76028668 46554205',
  },
  {
    suite: 'OCRA-1:HOTP-SHA512-8:QA10-T1M',
    key: key64,
    inputs: of(numbered('SIG1?00000'), { timeSteps: noon }),
    codes: '77537423 31970405 10235557 95213541 65360607',
  },
]

describe('OCRA', () => {
  test.for(tables)('answers $suite to $inputs.0.question as RFC 6287 does', async (table) => {
    const key = await importOcraKey(table.suite, table.key)
    const codes = await Promise.all(table.inputs.map((input) => ocraCode(table.suite, key, input)))
    expect(codes).toEqual(table.codes.split(' '))
  })

  test.for([
    'OCRA-2:HOTP-SHA1-6:QN08',
    'OCRA-1:HOTP-SHA1-0:QN08', // a whole HMAC is no code
    'OCRA-1:HOTP-SHA1-3:QN08',
    'OCRA-1:HOTP-SHA1-11:QN08',
    'OCRA-1:HOTP-MD5-6:QN08',
    'OCRA-1:HOTP-SHA1-6:QX08',
    'OCRA-1:HOTP-SHA1-6:QN03',
    'OCRA-1:HOTP-SHA1-6:QN65',
    'OCRA-1:HOTP-SHA1-6:QN08-T60S',
    'OCRA-1:HOTP-SHA1-6:QN08-T49H',
    'OCRA-1:HOTP-SHA1-6:C',
  ])('does not know the suite %s', (suite) => expect(() => readSuite(suite)).toThrow(RangeError))

  test.for(['OCRA-1:HOTP-SHA1-4:QN04', 'OCRA-1:HOTP-SHA1-10:C-QH64-PSHA512-S064-T48H'])(
    'knows the suite %s',
    (suite) => expect(() => readSuite(suite)).not.toThrow(),
  )

  test('asks for all that its suite names, and for nothing else', async () => {
    const suite = 'OCRA-1:HOTP-SHA1-6:C-QH08-S064'
    const key = await importOcraKey(suite, key20)
    const whole = { question: 'abcdef12', counter: 1n, session: new Uint8Array(64) }
    expect(await ocraCode(suite, key, whole)).toMatch(/^\d{6}$/)
    for (const wrong of [
      { question: 'abcdef12', session: new Uint8Array(64) },
      { ...whole, session: new Uint8Array(63) },
      { ...whole, passwordHash: pin },
      { ...whole, question: 'not hex' },
      { ...whole, question: 'a'.repeat(257) },
    ]) {
      await expect(ocraCode(suite, key, wrong)).rejects.toThrow(RangeError)
    }
  })
})
