/** How passwords are kept: form, pepper, cost, and how many at once. */
import { describe, expect, test } from 'vitest'
import { createHashing, type HashingLimits, type Seat } from './hashing.ts'

const cost = { memory: 256, passes: 1, parallelism: 1 }
const pepper = (byte: number) => ({ pepper: async () => new Uint8Array(32).fill(byte) })

function seatOf(more: Partial<Parameters<typeof createHashing>[0]> = {}): Seat {
  const seat = createHashing({ vault: pepper(1), cost, ...more }).takeSeat()
  if (seat === null) throw new Error('no seat')
  return seat
}

describe('a stored password', () => {
  const owner = 'user-1:login'

  test('names its parameters, has its own salt, and holds neither password nor pepper', async () => {
    const [one, other] = [
      await seatOf().hash('Abc123', owner),
      await seatOf().hash('Abc123', owner),
    ]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=256,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
    expect(one).not.toContain('Abc123')
  })

  test('is right for its password only, case by case', async () => {
    const stored = await seatOf().hash('Abc123', owner)
    expect(await seatOf().verify('Abc123', stored, owner)).toEqual({ right: true, outdated: false })
    expect(await seatOf().verify('abc123', stored, owner)).toMatchObject({ right: false })
  })

  test('is worth nothing in another row, for another secret, or without the pepper', async () => {
    const stored = await seatOf().hash('Abc123', owner)
    for (const [seat, as] of [
      [seatOf(), 'user-2:login'],
      [seatOf(), 'user-1:confirmation'],
      [seatOf({ vault: pepper(2) }), owner],
    ] as const) {
      expect(await seat.verify('Abc123', stored, as)).toMatchObject({ right: false })
    }
  })

  test('is the same for composed and combining letters', async () => {
    const stored = await seatOf().hash('がぎぐ'.normalize('NFD'), owner)
    expect(await seatOf().verify('がぎぐ', stored, owner)).toMatchObject({ right: true })
  })

  test('is outdated when the cost changes, and still right', async () => {
    const stored = await seatOf().hash('Abc123', owner)
    const dearer = seatOf({ cost: { ...cost, passes: 2 } })
    expect(await dearer.verify('Abc123', stored, owner)).toEqual({ right: true, outdated: true })
  })

  test('in another form is a fault, not a wrong password', async () => {
    await expect(seatOf().verify('Abc123', 'Abc123', owner)).rejects.toThrow('form')
  })

  test('that does not exist costs the same computation and is wrong', async () => {
    const hashing = createHashing({ vault: pepper(1), cost })
    expect(await hashing.takeSeat()!.verify('Abc123', null, owner)).toMatchObject({ right: false })
    expect(hashing.computations()).toBe(1)
  })
})

describe('seats', () => {
  const limits: HashingLimits = { atOnce: 2, waiting: 3 }

  test('are as many as may hash and wait, and come back once each', () => {
    const hashing = createHashing({ vault: pepper(1), cost, limits })
    const seats = Array.from({ length: 6 }, () => hashing.takeSeat())
    expect(seats.map((seat) => seat !== null)).toEqual([true, true, true, true, true, false])
    seats[0]!.leave()
    seats[0]!.leave()
    expect(hashing.takeSeat()).not.toBeNull()
    expect(hashing.takeSeat()).toBeNull()
  })

  test('in line are all served', async () => {
    const hashing = createHashing({ vault: pepper(1), cost, limits })
    const stored = await hashing.takeSeat()!.hash('Abc123', 'u:login')
    const seats = Array.from({ length: 4 }, () => hashing.takeSeat()!)
    const verdicts = await Promise.all(
      seats.map((seat) => seat.verify('Abc123', stored, 'u:login')),
    )
    expect(verdicts.every(({ right }) => right)).toBe(true)
  })

  test('that fail give their turn on', async () => {
    let calls = 0
    const vault = {
      pepper: async () => {
        calls += 1
        if (calls === 1) throw new Error('the vault is closed')
        return new Uint8Array(32)
      },
    }
    const hashing = createHashing({ vault, cost, limits: { atOnce: 1, waiting: 1 } })
    await expect(hashing.takeSeat()!.hash('a', 'u:login')).rejects.toThrow('closed')
    await expect(hashing.takeSeat()!.hash('a', 'u:login')).resolves.toMatch(/^\$argon2id/)
  })
})
