/** Short and long presses of the device's buttons. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFingers, longPressMilliseconds, type Fingers } from './long-press.ts'

let said: string[]
let fingers: Fingers
beforeEach(() => {
  vi.useFakeTimers()
  said = []
  fingers = createFingers({
    press: (button) => said.push(button),
    hold: (buttons) => said.push(`hold ${buttons}`),
  })
})
afterEach(() => {
  vi.useRealTimers()
})
const wait = (milliseconds: number) => vi.advanceTimersByTime(milliseconds)

test('a short press counts when it is let go, once', () => {
  fingers.down('right')
  expect(said).toEqual([])
  fingers.up('right')
  fingers.up('right')
  expect(said).toEqual(['right'])
})

test('the centre counts as held after 800 ms, and letting go adds nothing', () => {
  fingers.down('centre')
  wait(longPressMilliseconds - 1)
  expect(said).toEqual([])
  wait(1)
  expect(said).toEqual(['hold centre'])
  fingers.up('centre')
  wait(5_000)
  expect(said).toEqual(['hold centre'])
})

test('a key that repeats is one press', () => {
  fingers.down('centre')
  wait(500)
  fingers.down('centre')
  wait(300)
  expect(said).toEqual(['hold centre'])
})

test('left and centre together are one long press, and no short one', () => {
  fingers.down('left')
  fingers.down('centre')
  wait(longPressMilliseconds)
  fingers.up('left')
  fingers.up('centre')
  expect(said).toEqual(['hold left+centre'])
})

test('left and right have no long press', () => {
  fingers.down('left')
  wait(5_000)
  fingers.up('left')
  expect(said).toEqual(['left'])
})

test('a finger that slides away presses nothing', () => {
  fingers.down('centre')
  fingers.cancel('centre')
  wait(5_000)
  fingers.up('centre')
  expect(said).toEqual([])
  fingers.down('centre')
  fingers.up('centre')
  expect(said).toEqual(['centre'])
})
