/** パスワードの規則: the guide's table, both sides of each edge, and the order of the faults. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { passwordFaults, type PasswordField } from './contract.ts'
import {
  formFaults,
  newPasswordFaults,
  profileLengths,
  type PasswordForm,
  type PasswordPolicy,
} from './passwords.ts'

const guide: PasswordPolicy = { profile: 'guide', ...profileLengths.guide, common: new Set() }
const modern: PasswordPolicy = {
  profile: 'modern',
  ...profileLengths.modern,
  common: commonPasswords,
}
const others = { loginId: 'tanaka01', current: 'Current1', loginPassword: 'Login123' }

describe('profile guide', () => {
  test.for([
    ['Abc12', ['too-short']],
    ['Abc123', []],
    ['Abcdefghij12', []],
    ['Abcdefghijk12', ['too-long']],
    ['abcdef', ['letters-and-digits-not-mixed']],
    ['123456', ['letters-and-digits-not-mixed']],
    ['a12345', []],
    ['abcde1', []],
    ['abc-123', ['not-half-width-alphanumeric']],
    ['abc 123', ['not-half-width-alphanumeric']],
    ['ａｂｃ１２３', ['not-half-width-alphanumeric']],
    ['あいうえお１', ['not-half-width-alphanumeric']],
    ['abc123😀', ['not-half-width-alphanumeric']],
    ['abc12\ud83d', ['not-half-width-alphanumeric']],
    ['abc12\u0000', ['not-half-width-alphanumeric']],
    ['tanaka01', ['same-as-login-id']],
    ['Tanaka01', []], // 英字は大文字・小文字を識別します
    ['Login123', ['same-as-login-password']],
    ['login123', []],
    ['Current1', ['same-as-current']],
    ['current1', []],
    ['', ['too-short', 'letters-and-digits-not-mixed']],
    ['あ', ['too-short', 'not-half-width-alphanumeric']],
  ] as const)('%j: %j', ([password, faults]) => {
    expect(newPasswordFaults(password, guide, others)).toEqual(faults)
  })
})

describe('profile modern', () => {
  test.for([
    ['elevenchars', ['too-short']],
    ['twelve chars', []],
    ['海'.repeat(6) + 'と山と空の色', []],
    ['😀🎉🌸🍣🗻🚅🎏🏯🦊🐢🍵', ['too-short']],
    ['😀🎉🌸🍣🗻🚅🎏🏯🦊🐢🍵🎋', []],
    ['x'.repeat(63) + 'y', []],
    ['x'.repeat(64) + 'y', ['too-long']],
    ['か\u3099き\u3099く\u3099け\u3099こ\u3099さ\u3099', ['too-short']], // six letters in NFC
    ['twelve\u0000chars', ['unreadable-characters']],
    ['twelvechars\ud83d', ['unreadable-characters']],
    ['Password1234', ['too-common']],
    ['PASSWORD!!!!', ['too-common']],
    ['123456789012', ['too-common']],
    ['aaaaaaaaaaaa', ['too-common']],
    ['abcabcabcabc', ['too-common']],
    ['qwertyuiop12', ['too-common']],
  ] as const)('%j: %j', ([password, faults]) => {
    expect(newPasswordFaults(password, modern, others)).toEqual(faults)
  })

  test('takes the same word typed with combining marks as the same', () => {
    const current = 'がぎぐげござじずぜぞだぢ'
    expect(newPasswordFaults(current.normalize('NFD'), modern, { loginId: '', current })).toEqual([
      'same-as-current',
    ])
  })
})

test.for([guide, modern])(
  'faults come in the published order, whatever is typed: $profile',
  (policy) => {
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('tanaka01', 'Login123'))
    fc.assert(
      fc.property(typed, (password) => {
        const faults = newPasswordFaults(password, policy, others)
        const places = faults.map((fault) => passwordFaults.indexOf(fault))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(places).not.toContain(-1)
      }),
    )
  },
)

describe('the form', () => {
  const all: readonly PasswordField[] = [
    'currentLoginPassword',
    'newLoginPassword',
    'currentConfirmationPassword',
    'newConfirmationPassword',
  ]
  const good: PasswordForm = {
    currentLoginPassword: 'Login123',
    newLoginPassword: 'Login124',
    currentConfirmationPassword: 'Confirm1',
    newConfirmationPassword: 'Confirm2',
  }
  const faults = (form: PasswordForm, asked = all) =>
    formFaults(form, { asked, loginId: 'tanaka01', policy: guide }).map(
      ({ path, code }) => `${path} ${code}`,
    )

  test.for([
    ['nothing', {}, []],
    ['an empty current', { currentLoginPassword: '' }, ['currentLoginPassword required']],
    ['the same login', { newLoginPassword: 'Login123' }, ['newLoginPassword same-as-current']],
    [
      'the same 確認用',
      { newConfirmationPassword: 'Confirm1' },
      ['newConfirmationPassword same-as-current'],
    ],
    [
      '確認用 like the new login password',
      { newConfirmationPassword: 'Login124' },
      ['newConfirmationPassword same-as-login-password'],
    ],
    [
      '確認用 like the old login password, which is no longer one',
      { newConfirmationPassword: 'Login123' },
      [],
    ],
    [
      'two fields',
      { newLoginPassword: 'abc', newConfirmationPassword: undefined },
      [
        'newLoginPassword too-short',
        'newLoginPassword letters-and-digits-not-mixed',
        'newConfirmationPassword required',
      ],
    ],
  ] as const)('%s is spoiled', ([, spoiled, expected]) => {
    expect(faults({ ...good, ...spoiled })).toEqual(expected)
  })

  test('that registers the first 確認用パスワード compares it with the present login password', () => {
    const asked = ['currentLoginPassword', 'newConfirmationPassword'] as const
    const form = { currentLoginPassword: 'Login123', newConfirmationPassword: 'Login123' }
    expect(faults(form, [...asked])).toEqual(['newConfirmationPassword same-as-login-password'])
    expect(faults({ ...form, newLoginPassword: 'Login124' }, [...asked])).toContain(
      'newLoginPassword not-asked-for',
    )
  })
})
