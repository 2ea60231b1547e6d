import { expect, it } from 'vitest'
import { faultsOf, passphraseLengths } from './passphrase.ts'

const both = (passphrase: string) =>
  faultsOf({ passphrase, passphraseAgain: passphrase, loginId: 'tanaka-ichiro' })

it.for([
  ['', 'required'],
  ['Himitsu', 'too-short'],
  ['himitsu 1', 'not-half-width'],
  ['ひみつのことば', 'not-half-width'],
  ['ｈｉｍｉｔｓｕ１', 'not-half-width'],
  ['himitsu1\t', 'not-half-width'],
  ['x'.repeat(33), 'too-long'],
  ['Tanaka-Ichiro', 'same-as-login-id'],
] as const)('%j is refused as %s', ([passphrase, fault]) => {
  expect(both(passphrase)).toEqual({ passphrase: fault })
})

it.for(['himitsu1', 'x'.repeat(32), '!"#$%&\'()=~|`{+*}<>?_', 'tanaka-ichiro1'])(
  '%j is taken',
  (passphrase) => {
    expect(both(passphrase)).toEqual({})
  },
)

it('is asked for twice, and the same', () => {
  const asked = (passphraseAgain: string) =>
    faultsOf({ passphrase: 'Himitsu-2026', passphraseAgain, loginId: 'tanaka01' })
  expect(asked('')).toEqual({ passphraseAgain: 'required' })
  expect(asked('himitsu-2026')).toEqual({ passphraseAgain: 'differs' })
  expect(asked('Himitsu-2026')).toEqual({})
})

it('names one field at a time: the second is no use while the first is wrong', () => {
  expect(faultsOf({ passphrase: 'kurz', passphraseAgain: 'x', loginId: 'a' })).toEqual({
    passphrase: 'too-short',
  })
  expect(passphraseLengths).toEqual({ lengthMin: 8, lengthMax: 32 })
})
