import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../contract.ts'
import { groupWhileTyping, readPayable, sumOf } from './amount-typing.ts'
import { balanceAfter, differenceOf, shareUsed } from './confirming.ts'
import {
  draftFrom,
  enteredItem,
  fieldAt,
  holds,
  itemFrom,
  itemsOf,
  typedFrom,
  unreadableIn,
  type Destination,
} from './draft-form.ts'
import { isoMoment, nowIfNear } from './near-cut-off.ts'

const account = {
  bankCode: '9998',
  branchCode: '101',
  kind: 'ordinary',
  number: '7654321',
} as const
const draft: Draft = {
  kind: 'transfer',
  accountKey: '001-ordinary-1234567',
  paymentDay: '2026-11-30',
  name: '11月分',
  remitterName: '',
  memo: '家賃',
  items: [
    {
      ...{ source: 'typed', payeeId: null, account, payeeName: 'ｶ)ﾄﾅﾘ', nameCheck: 'confirmed' },
      ...{ payable: '1234567', bearer: 'payee-stated', statedFee: '660', ediInformation: 'A-1' },
    },
    {
      ...{ source: 'payee', payeeId: 'p-1', account: { ...account, number: '0000001' } },
      ...{ payeeName: 'ﾔﾏﾀﾞ', nameCheck: 'not-asked', payable: '1', bearer: 'payer' },
      ...{ statedFee: null, ediInformation: '' },
    },
  ],
}

describe('amounts while they are typed', () => {
  test.each([
    ['1234', 4, '1,234', 5],
    ['1234567', 7, '1,234,567', 9],
    ['1,234,567円', 10, '1,234,567', 9],
    ['¥1,234', 6, '1,234', 5],
    ['１２３４', 4, '1,234', 5],
    ['1,2345', 6, '12,345', 6],
    ['1234', 1, '1,234', 1],
    ['1234', 2, '1,234', 3],
    ['0012', 4, '12', 2],
    ['', 0, '', 0],
    ['12a', 3, '12a', 3],
    ['1,234.5', 7, '1,234.5', 7],
  ])('%s with the caret at %i becomes %s, caret at %i', (text, caret, grouped, then) => {
    expect(groupWhileTyping({ text, caret })).toEqual({ text: grouped, caret: then })
  })

  test('grouping again changes nothing, and no digit is lost', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999n }), fc.nat(11), (value, at) => {
        const text = String(value)
        const once = groupWhileTyping({ text, caret: Math.min(at, text.length) })
        expect(groupWhileTyping(once)).toEqual(once)
        expect(once.text.replaceAll(',', '')).toBe(text)
        expect(once.text.slice(once.caret).replaceAll(',', '')).toBe(
          text.slice(Math.min(at, text.length)),
        )
      }),
    )
  })

  test.each([
    ['', 'missing'],
    [' ', 'missing'],
    ['abc', 'unreadable'],
    ['-1', 'unreadable'],
    ['0', '0'],
    ['99,999,999,999', '99999999999'],
    ['100,000,000,000', 'too-large'],
  ])('%j is read as %s', (text, read) => {
    expect(readPayable(text)).toBe(read)
  })

  test('the sum is of what can be read', () => {
    expect(sumOf(['1,000', '', 'x', '99,999,999,999'])).toEqual({ sum: '100000000999', unread: 2 })
    expect(sumOf([])).toEqual({ sum: '0', unread: 0 })
  })
})

describe('the form and its draft', () => {
  test('a draft comes back as it was', () => {
    expect(draftFrom(typedFrom(draft))).toEqual(draft)
  })

  test('between own accounts no fee, no EDI, and only own accounts go along', () => {
    const own = enteredItem({
      ...{ source: 'own', account: { ...account, bankCode: '9999' }, bankName: '' },
      ...{ branchName: '本店', payeeName: 'ｶ)ﾏﾄﾞｸﾞﾁ', nameCheck: 'not-asked' },
    })
    const typed = { ...typedFrom(draft), kind: 'own-transfer' as const }
    const items = [...typed.items, { ...own, payable: '5', ediInformation: 'X' }]
    expect(itemsOf({ ...typed, items })).toHaveLength(1)
    const [item] = draftFrom({ ...typed, items }).items
    expect(item).toMatchObject({ source: 'own', bearer: 'payer', statedFee: null })
    expect(item!.ediInformation).toBe('')
  })

  test('what cannot be read is told at its field, in the order of the form', () => {
    const typed = typedFrom(draft)
    const [first, second] = typed.items
    const broken = {
      ...{ ...typed, accountKey: '', day: '11/31' },
      items: [
        { ...first!, payable: '', statedFee: 'x' },
        { ...second!, payable: '1a' },
      ],
    }
    expect(unreadableIn(broken)).toEqual([
      { path: 'accountKey', code: 'account-missing' },
      { path: 'paymentDay', code: 'day-unreadable' },
      { path: 'items.0.payable', code: 'amount-missing' },
      { path: 'items.0.statedFee', code: 'stated-fee-unreadable' },
      { path: 'items.1.payable', code: 'amount-unreadable' },
    ])
    expect(unreadableIn({ ...typed, items: [] })).toEqual([
      { path: 'items', code: 'items-missing' },
    ])
    expect(unreadableIn(typed)).toEqual([])
  })

  test('a fault of something the form does not show is said at its item', () => {
    const typed = typedFrom(draft)
    expect(fieldAt('items.0.payable', typed)).toBe('items.0.payable')
    expect(fieldAt('items.0.account.number', typed)).toBe('items.0')
    expect(fieldAt('items.1', typed)).toBe('items.1')
    expect(fieldAt('items.0.payeeName', typed)).toBe('items.0') // its bank has given the name
    const [first, ...rest] = typed.items
    const unconfirmed = {
      ...typed,
      items: [{ ...first!, nameCheck: 'no-answer' as const }, ...rest],
    }
    expect(fieldAt('items.0.payeeName', unconfirmed)).toBe('items.0.payeeName')
    expect(fieldAt('paymentDay', typed)).toBe('paymentDay')
  })

  test('a payee of a list brings what is registered with it', () => {
    const chosen: Destination = {
      ...{ payeeId: 'p-2', source: 'payee', account, bankName: 'となり銀行', branchName: '本店' },
      ...{
        payeeName: 'ｶ)ﾄﾅﾘ',
        label: 'となり商店',
        number: null,
        groups: [],
        bearer: 'payee-table',
      },
      ...{ statedFee: null, amount: '55000', ediInformation: 'EDI', lastPaid: null },
    }
    const item = itemFrom(chosen)
    expect(item).toMatchObject({ payable: '55,000', bearer: 'payee-table', ediInformation: 'EDI' })
    expect(itemFrom({ ...chosen, amount: null }).payable).toBe('')
    const typed = { ...typedFrom(draft), items: [item] }
    expect(holds(typed, account)).toBe(true)
    expect(holds(typed, { ...account, number: '0000002' })).toBe(false)
  })
})

describe('what 内容確認 reckons', () => {
  const item = {
    ...{ payeeName: '', label: '', bank: '', branch: '', accountKind: 'ordinary' },
    ...{ accountNumber: '', payable: '0', amount: '0', ediInformation: null, isNew: false },
    ...{ nameCheck: 'confirmed', nameAtBank: null, outcome: null },
  } as const

  test('the balance after the debit may fall below zero', () => {
    expect(balanceAfter('1000', '400')).toBe('600')
    expect(balanceAfter('1000', '1001')).toBe('-1')
  })

  test('the difference counts payees who bear a fee', () => {
    const own = { ...item, deductedFee: '0', bankFee: '220' }
    expect(differenceOf([own])).toBeNull()
    expect(differenceOf([own, { ...item, deductedFee: '660', bankFee: '495' }])).toBe('165')
    expect(differenceOf([{ ...item, deductedFee: '110', bankFee: '220' }])).toBe('-110')
  })

  test('a limit is used from nothing to all of it', () => {
    expect(shareUsed('0', '100')).toBe(0)
    expect(shareUsed('50', '100')).toBe(0.5)
    expect(shareUsed('101', '100')).toBe(1)
    expect(shareUsed('0', '0')).toBe(1)
  })
})

describe('the cut-off', () => {
  test('is near within half an hour, and not when it is over', () => {
    const until = '2026-11-24T06:00:00Z'
    const end = 1_795_500_000
    expect(isoMoment(end)).toBe(until)
    expect(nowIfNear(until, end - 1801)).toBeNull()
    expect(nowIfNear(until, end - 1800)).toBe('2026-11-24T05:30:00Z')
    expect(nowIfNear(until, end - 1)).toBe('2026-11-24T05:59:59Z')
    expect(nowIfNear(until, end)).toBeNull()
  })
})
