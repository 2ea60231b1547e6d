/** Letter codes as people type them, and whose headers are believed. */
import { expect, test } from 'vitest'
import { letterCodeHash, newLetterCode } from './letter-code.ts'
import { certificateInHeader } from './presented-certificate.ts'
import { trustedProxies } from './trusted-proxies.ts'

test('a letter code has six groups of four signs, and none twice', () => {
  const codes = Array.from({ length: 50 }, newLetterCode)
  for (const code of codes)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(new Set(codes).size).toBe(50)
})

test.each([
  ['ab01-cd23', 'AB01CD23'],
  [' ａｂ０１ cd23 ', 'AB01CD23'],
  ['abO1-cdZ3', 'AB01CDZ3'],
  ['abol', 'AB01'],
  ['AB01‐CD23', 'AB01CD23'],
])('%s is typed for %s', (typed, meant) => {
  expect(letterCodeHash(typed)).toEqual(letterCodeHash(meant))
})

test('another code is another code', () => {
  expect(letterCodeHash('AB01CD24')).not.toEqual(letterCodeHash('AB01CD23'))
  expect(letterCodeHash('')).toHaveLength(32)
})

const proxies = trustedProxies(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])

test.each([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['11.0.0.1', false],
  ['192.0.2.1', true],
  ['192.0.2.2', false],
  ['2001:db8::7', true],
  ['2001:db9::7', false],
  ['', false],
  ['localhost', false],
])('%s is trusted: %s', (address, wanted) => {
  expect(proxies.includes(address)).toBe(wanted)
})

test.each([
  ['a stranger’s own words are not believed', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['the last hop before ours', '10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['past all of ours', '10.0.0.1', '203.0.113.9, 10.0.0.7', '203.0.113.9'],
  ['no header at all', '::ffff:10.0.0.1', undefined, '10.0.0.1'],
])('the client is %s', (_what, peer, forwarded, wanted) => {
  expect(proxies.clientOf(peer, forwarded)).toBe(wanted)
})

test.each(['', ':', '::', ':abc', 'abc:', ':a b:', ':QUJD:', ':QUJD:, :QUJD:', 'MIIB'])(
  'there is no certificate in the header %j',
  (header) => {
    expect(certificateInHeader(header)).toBeNull()
  },
)
