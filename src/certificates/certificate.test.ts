/** The rules of certificates, on both sides of every boundary. */
import { describe, expect, test } from 'vitest'
import {
  daysLeft,
  isUsable,
  mailDaysDue,
  mayIssue,
  mayRenew,
  mayRevoke,
  presentOf,
  renewableFrom,
  stateNow,
  type CertificateState,
} from './certificate.ts'

const notBefore = Temporal.Instant.from('2026-11-22T01:00:00Z')
const notAfter = notBefore.add({ hours: 24 * 365 })
const one = (state: CertificateState) => ({ state, notBefore, notAfter })
const before = (end: Temporal.Instant) => end.subtract({ nanoseconds: 1 })
const renewableDays = 40
const from = notAfter.subtract({ hours: 24 * renewableDays })

test.each([
  ['unused', before(notAfter), 'unused'],
  ['unused', notAfter, 'expired'],
  ['valid', before(notAfter), 'valid'],
  ['valid', notAfter, 'expired'],
  ['superseded', notAfter, 'superseded'],
  ['revoked', notAfter, 'revoked'],
] as const)('%s at %s is %s', (state, now, wanted) => {
  expect(stateNow(one(state), now)).toBe(wanted)
})

test('one can log in from its beginning to its end, unless it was ended', () => {
  for (const state of ['unused', 'valid'] as const) {
    const usable = (now: Temporal.Instant) => isUsable(one(state), now)
    expect([before(notBefore), notBefore, before(notAfter), notAfter].map(usable)).toEqual([
      false,
      true,
      true,
      false,
    ])
  }
  for (const state of ['superseded', 'revoked'] as const) {
    expect(isUsable(one(state), notBefore)).toBe(false)
  }
})

describe('an issue', () => {
  const [unused, valid] = [one('unused'), one('valid')]
  test('is refused beside a valid one, until the moment it ends', () => {
    const reason = 'certificate-still-valid'
    expect(mayIssue([valid], before(notAfter))).toEqual({ granted: false, reason })
    expect(mayIssue([valid, unused], before(notAfter))).toEqual({ granted: false, reason })
    expect(mayIssue([valid], notAfter)).toEqual({
      granted: true,
      value: { unused: null, replaces: valid },
    })
  })

  test('takes the place of one that was never used', () => {
    expect(mayIssue([], notBefore)).toMatchObject({ value: { unused: null, replaces: null } })
    expect(mayIssue([unused], notBefore)).toMatchObject({ value: { unused, replaces: null } })
  })
})

describe('a renewal', () => {
  const parameters = { renewableDays }
  const [unused, valid] = [one('unused'), one('valid')]
  test('begins 40 days before the end', () => {
    expect(renewableFrom(valid, parameters)).toEqual(from)
    const reason = 'not-renewable-yet'
    expect(mayRenew([valid], before(from), parameters)).toEqual({ granted: false, reason })
    const value = { present: valid, unused: null }
    expect(mayRenew([valid], from, parameters)).toEqual({ granted: true, value })
  })

  test('needs one that was used and has not ended', () => {
    const refused = { granted: false, reason: 'no-certificate' }
    expect(mayRenew([], from, parameters)).toEqual(refused)
    expect(mayRenew([unused], from, parameters)).toEqual(refused)
    expect(mayRenew([valid], notAfter, parameters)).toEqual(refused)
    expect(presentOf([valid, unused], before(notAfter))).toBe(valid)
  })

  test('done again takes the place of the first one', () => {
    expect(mayRenew([valid, unused], from, parameters)).toMatchObject({ value: { unused } })
  })
})

test.each([
  ['unused', before(notAfter), true],
  ['valid', before(notAfter), true],
  ['valid', notAfter, false],
  ['superseded', notBefore, false],
  ['revoked', notBefore, false],
] as const)('a %s one may be revoked at %s: %s', (state, now, may) => {
  expect(mayRevoke(one(state), now).granted).toBe(may)
})

test.each([
  [41, []],
  [40, [40]],
  [11, [40]],
  [10, [40, 10]],
  [1, [40, 10]],
  [0, []],
])('with %i days left mails are due for %j', (days, due) => {
  const now = notAfter.subtract({ hours: 24 * days })
  expect(mailDaysDue({ notAfter }, now, [40, 10])).toEqual(due)
  expect(daysLeft({ notAfter }, now)).toBe(days)
  expect(daysLeft({ notAfter }, now.subtract({ seconds: 1 }))).toBe(days + 1)
})
