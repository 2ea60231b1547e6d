/** 入力内容の確認: every fault at its field, both sides of each edge, and their order. */
import { describe, expect, test } from 'vitest'
import type { BankAccount } from '#kit/bank-account.ts'
import { rights } from '#kit/rights.ts'
import { draftFaults, type Draft, type DraftFault } from './contract.ts'
import { readDraft, type DraftFacts, type NameAnswered } from './draft.ts'

const payee: BankAccount = {
  ...{ bankCode: '9998', branchCode: '101', kind: 'ordinary', number: '3000001' },
}
const payeeKey = '9998-101-ordinary-3000001'
const ownSecond: BankAccount = {
  ...{ bankCode: '9999', branchCode: '101', kind: 'current', number: '7654321' },
}
const ownMain: BankAccount = {
  ...{ bankCode: '9999', branchCode: '101', kind: 'ordinary', number: '1234567' },
}
const all = new Set(rights)
const without = (name: (typeof rights)[number]) => new Set(rights.filter((one) => one !== name))
const kana = (count: number) => 'ｱ'.repeat(count)

const known = { account: payee, nameKana: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ', label: 'みなと', filed: false }
const facts: DraftFacts = {
  ...{ bankCode: '9999', itemsMax: 3, rights: all, dayFault: null, sameDay: true },
  accounts: new Map([
    ['101-ordinary-1234567' as never, { holderKana: 'ｶ)ｻﾝﾌﾟﾙ' }],
    ['101-current-7654321' as never, { holderKana: 'ｶ)ｻﾝﾌﾟﾙ' }],
  ]),
  branches: new Map([
    ['9998-101', { bank: 'となり銀行', branch: '本店' }],
    ['9999-101', { bank: 'まどぐち銀行', branch: '本店営業部' }],
  ]),
  banks: new Set(['9998', '9999']),
  payees: new Map([
    ['P1', known],
    ['P2', { ...known, filed: true }],
  ]),
  answers: new Map(),
}

type Item = Draft['items'][number]
function draft(item: Partial<Item> = {}, changes: Partial<Draft> = {}): Draft {
  return {
    ...{ kind: 'transfer', accountKey: '101-ordinary-1234567', paymentDay: '2026-11-24' },
    ...{ name: '', remitterName: '', memo: '' },
    items: [
      {
        ...{ source: 'typed', payeeId: null, account: payee, payeeName: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' },
        ...{ nameCheck: 'not-asked', payable: '50000', bearer: 'payer', statedFee: null },
        ...{ ediInformation: '', ...item },
      },
    ],
    ...changes,
  }
}
const own = (item: Partial<Item> = {}) =>
  draft({ source: 'own', account: ownSecond, payeeName: '', ...item }, { kind: 'own-transfer' })
const many = (count: number) => draft({}, { items: Array(count).fill(draft().items[0]) })
const stated = (statedFee: string | null) =>
  draft({ bearer: 'payee-stated', statedFee, payable: '1000' })

function faultsOf(given: Draft, more: Partial<DraftFacts> = {}): readonly string[] {
  const read = readDraft(given, { ...facts, ...more })
  return read.granted ? [] : read.faults.map(({ path, code }) => `${path} ${code}`)
}
const answered = (answer: NameAnswered) => ({ answers: new Map([[payeeKey, answer]]) })

type Case = [code: DraftFault, path: string, draft: Draft, more?: Partial<DraftFacts>]
const refusedCases: readonly Case[] = [
  ['account-not-allowed', 'accountKey', draft({}, { accountKey: '101-ordinary-0000001' })],
  ['day-past', 'paymentDay', draft(), { dayFault: 'day-past' }],
  ['day-too-far', 'paymentDay', draft(), { dayFault: 'day-too-far' }],
  ['day-not-business', 'paymentDay', draft(), { dayFault: 'day-not-business' }],
  ['day-closed-for-same-day', 'paymentDay', draft(), { dayFault: 'day-closed-for-same-day' }],
  ['same-day-not-allowed', 'paymentDay', draft(), { rights: without('transfers-same-day') }],
  ['items-too-many', 'items', many(4)],
  ['bank-unknown', 'items.0.account.bankCode', draft({ account: { ...payee, bankCode: '9997' } })],
  [
    'branch-unknown',
    'items.0.account.branchCode',
    draft({ account: { ...payee, branchCode: '102' } }),
  ],
  ['own-account-unknown', 'items.0.account', own({ account: { ...ownSecond, number: '7654322' } })],
  ['own-account-unknown', 'items.0.account', own({ account: payee })],
  ['own-account-unknown', 'items.0.account', own({ source: 'typed' })],
  ['own-account-unknown', 'items.0.account', draft({ source: 'own', account: ownSecond })],
  ['same-account', 'items.0.account', own({ account: ownMain })],
  ['same-account', 'items.0.account', draft({ account: ownMain })],
  ['no-such-account', 'items.0.account.number', draft(), answered({ answer: 'no-such-account' })],
  ['payee-unknown', 'items.0', draft({ source: 'payee', payeeId: null })],
  ['payee-unknown', 'items.0', draft({ source: 'payee', payeeId: 'P9' })],
  ['payee-unknown', 'items.0', draft({ source: 'payee', payeeId: 'P2' })],
  ['payee-unknown', 'items.0', draft({ source: 'filed', payeeId: 'P1' })],
  [
    'payee-changed',
    'items.0',
    draft({ source: 'payee', payeeId: 'P1', account: { ...payee, number: '3000002' } }),
  ],
  ['name-missing', 'items.0.payeeName', draft({ payeeName: ' \u3000' })],
  ['name-not-permitted', 'items.0.payeeName', draft({ payeeName: '港商事' })],
  ['name-too-long', 'items.0.payeeName', draft({ payeeName: kana(49) })],
  ['amount-not-positive', 'items.0.payable', draft({ payable: '0' })],
  ['stated-fee-missing', 'items.0.statedFee', stated(null)],
  ['stated-fee-too-large', 'items.0.statedFee', stated('1000')],
  ['edi-not-for-own', 'items.0.ediInformation', own({ ediInformation: 'A1' })],
  ['edi-not-permitted', 'items.0.ediInformation', draft({ ediInformation: '請求書' })],
  ['edi-too-long', 'items.0.ediInformation', draft({ ediInformation: 'A'.repeat(21) })],
  ['remitter-not-permitted', 'remitterName', draft({}, { remitterName: '佐藤' })],
  ['remitter-too-long', 'remitterName', draft({}, { remitterName: kana(49) })],
]

test.each<Case>(refusedCases)('%s at %s', (code, path, given, more) => {
  expect(faultsOf(given, more)).toEqual([`${path} ${code}`])
})

test('every published code but that of the fees has its case', () => {
  const seen = new Set(refusedCases.map(([code]) => code))
  expect(draftFaults.filter((code) => !seen.has(code))).toEqual(['nothing-left-to-transfer'])
})

describe('the other side of each edge', () => {
  type Granted = [name: string, draft: Draft, more?: Partial<DraftFacts>]
  const grantedCases: readonly Granted[] = [
    ['as many payees as may be', many(3)],
    ['a name of 48 characters', draft({ payeeName: kana(48) })],
    ['a name whose voiced marks fill it to 48', draft({ payeeName: 'ガ'.repeat(24) })],
    ['EDI of 20 characters', draft({ ediInformation: 'A'.repeat(20) })],
    ['EDI of blanks is none, for 振替 too', own({ ediInformation: '  ' })],
    ['one yen', draft({ payable: '1' })],
    ['a stated fee of the amount less one', stated('999')],
    ['a stated fee of nothing', stated('0')],
    ['a remitter of 48 characters', draft({}, { remitterName: kana(48) })],
    [
      'today without the right, filed',
      draft({ source: 'filed', payeeId: 'P2' }),
      {
        rights: without('transfers-same-day'),
      },
    ],
    ['today without the right, 振替', own(), { rights: without('transfers-same-day') }],
    [
      'booked without the right',
      draft(),
      {
        ...{ rights: without('transfers-same-day'), sameDay: false },
      },
    ],
    ['振替 to another account of the contract', own()],
    ['振込 to another account of the contract', draft({ account: ownSecond })],
  ]
  test.each<Granted>(grantedCases)('%s', (_name, given, more) => {
    expect(faultsOf(given, more)).toEqual([])
  })

  test('a voiced kana counts twice', () => {
    expect(faultsOf(draft({ payeeName: `${'ガ'.repeat(24)}ｱ` }))).toEqual([
      'items.0.payeeName name-too-long',
    ])
  })
})

test('several faults at once come in the published order, of all payees', () => {
  const item = draft().items[0]!
  const given = draft(
    {},
    {
      ...{ accountKey: 'none', remitterName: '佐藤' },
      items: [
        { ...item, ediInformation: 'A'.repeat(21), payable: '0', payeeName: '' },
        { ...item, account: { ...payee, bankCode: '0000' }, payeeName: '港' },
        { ...item, source: 'payee', payeeId: 'P9' },
        item,
      ],
    },
  )
  const found = faultsOf(given, { dayFault: 'day-past' })
  expect(found).toEqual([
    ...['accountKey account-not-allowed', 'paymentDay day-past', 'items items-too-many'],
    ...['items.1.account.bankCode bank-unknown', 'items.2 payee-unknown'],
    ...['items.0.payeeName name-missing', 'items.1.payeeName name-not-permitted'],
    ...['items.0.payable amount-not-positive', 'items.0.ediInformation edi-too-long'],
    'remitterName remitter-not-permitted',
  ])
  const places = found.map((one) => draftFaults.indexOf(one.split(' ')[1] as DraftFault))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

describe('what is stored', () => {
  function read(given: Draft, more: Partial<DraftFacts> = {}) {
    const outcome = readDraft(given, { ...facts, ...more })
    if (!outcome.granted) throw new Error(JSON.stringify(outcome.faults))
    return outcome.value
  }

  test('names and EDI are half-width, bank and branch have their names', () => {
    const given = draft(
      { payeeName: 'カ）ミナトショウジ', ediInformation: 'ab１２' },
      { remitterName: 'サンプル' },
    )
    const { remitterName, items, payable } = read(given)
    expect({ remitterName, payable }).toEqual({ remitterName: 'ｻﾝﾌﾟﾙ', payable: 50_000n })
    expect(items[0]).toMatchObject({
      ...{ payeeName: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ', edi: 'AB12', bankName: 'となり銀行', branchName: '本店' },
    })
  })

  test('a registered payee has its registered name, whatever was typed', () => {
    const [item] = read(draft({ source: 'payee', payeeId: 'P1', payeeName: 'ﾀﾞﾚｶ' })).items
    expect(item).toMatchObject({ payeeName: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ', label: 'みなと', payeeId: 'P1' })
  })

  test('a typed payee has no id, though one was sent', () => {
    expect(read(draft({ payeeId: 'P1' })).items[0]).toMatchObject({ payeeId: null, label: '' })
  })

  test('振替 names the holder and needs no check of it', () => {
    expect(read(own({ payeeName: 'ﾀﾞﾚｶ' })).items[0]).toMatchObject({
      ...{ payeeName: 'ｶ)ｻﾝﾌﾟﾙ', nameCheck: 'confirmed' },
    })
  })

  test('a stated fee of another bearer is not kept', () => {
    expect(read(draft({ statedFee: '300' })).items[0]!.statedFee).toBe(null)
  })

  test.each<[string, NameAnswered | null, string, string | null]>([
    ['confirmed', { answer: 'holder', holderKana: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ' }, 'confirmed', null],
    [
      'confirmed in another writing',
      { answer: 'holder', holderKana: 'カ）ミナトシヨウジ' },
      'confirmed',
      null,
    ],
    ['differs', { answer: 'holder', holderKana: 'ﾍﾞﾂｼﾞﾝ' }, 'differs', 'ﾍﾞﾂｼﾞﾝ'],
    ['no answer', { answer: 'no-answer' }, 'no-answer', null],
    ['stopped', { answer: 'stopped' }, 'no-answer', null],
    ['not asked', null, 'not-asked', null],
  ])('受取人名確認: %s', (_name, answer, nameCheck, nameAtBank) => {
    // What the browser says of it is not taken.
    const given = draft({ nameCheck: nameCheck === 'confirmed' ? 'differs' : 'confirmed' })
    const { items } = read(given, answer === null ? {} : answered(answer))
    expect(items[0]).toMatchObject({ nameCheck, nameAtBank })
  })
})
