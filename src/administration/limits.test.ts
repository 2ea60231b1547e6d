import { describe, expect, test } from 'vitest'
import { yen } from '#kit/yen.ts'
import { dayLimitFaults, userLimitFaults } from './limits.ts'

const day = (perDay: number, ceiling: number) => ({
  limited: 'transfers' as const,
  perDay: yen(perDay),
  ceiling: yen(ceiling),
})
const own = (perOrder: number, perDay: number) => ({
  limited: 'payroll' as const,
  perOrder: yen(perOrder),
  perDay: yen(perDay),
})

describe('limits of a day', () => {
  test.for([
    ['nothing is set', [], []],
    ['a limit reaches its ceiling', [day(100, 100)], []],
    ['a limit is one yen over it', [day(101, 100)], ['over-ceiling']],
    ['a business is named twice', [day(1, 2), day(1, 2)], ['limited-twice']],
    ['both at once', [day(3, 2), day(1, 2)], ['limited-twice', 'over-ceiling']],
  ] as const)('%s', ([, limits, faults]) => expect(dayLimitFaults(limits)).toEqual(faults))
})

describe('limits of a user', () => {
  test.for([
    ['one order may use up the day', [own(100, 100)], []],
    ['one order is a yen over the day', [own(101, 100)], ['order-over-day']],
  ] as const)('%s', ([, limits, faults]) => expect(userLimitFaults(limits)).toEqual(faults))
})
