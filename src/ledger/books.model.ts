/**
 * The books as a child would keep them: a few maps, one transfer after the other. The properties
 * compare the real ledger with this.
 */
import type { Group, Hold, Result, Transfer } from './transfer.ts'

interface ModelAccount {
  balance: bigint
  held: bigint
  readonly floor: bigint | null
  seq: bigint
  lastDay: string
  closed: boolean
}
interface ModelHold extends Hold {
  state: 'pending' | 'settled' | 'released'
}
interface Books {
  readonly accounts: Map<bigint, ModelAccount>
  readonly transfers: Map<string, Transfer>
  readonly holds: Map<string, ModelHold>
}

export class ModelBooks {
  #books: Books = { accounts: new Map(), transfers: new Map(), holds: new Map() }

  open(id: bigint, floor: bigint | null): void {
    const account = { balance: 0n, held: 0n, floor, seq: 0n, lastDay: '', closed: false }
    this.#books.accounts.set(id, account)
  }

  account(id: bigint): ModelAccount {
    return this.#books.accounts.get(id)!
  }

  post(group: Group): Result | 'group-is-empty' {
    if (group.length === 0) return 'group-is-empty'
    const ids = new Set<string>()
    const refusals: Result[] = []
    let repeats = 0
    for (const transfer of group) {
      const result = this.#judge(transfer, ids)
      ids.add(transfer.id)
      if (result === 'repeated') repeats += 1
      else if (result !== 'posted') refusals.push(result)
    }
    if (repeats === group.length) return 'repeated'
    if (repeats > 0) refusals.push('id-used-for-something-else')
    if (refusals.length > 0) return earliest(refusals)

    const before = structuredCloneOf(this.#books)
    for (const transfer of group) {
      const result = this.#judge(transfer)
      if (result !== 'posted') {
        this.#books = before
        return result
      }
      const refusal = this.#make(transfer)
      if (refusal !== null) {
        this.#books = before
        return refusal
      }
    }
    return 'posted'
  }

  hold({ id, account, amount, expiresAt }: Hold): Result {
    const known = this.#books.holds.get(id)
    const x = this.#books.accounts.get(account)
    if (amount <= 0n) return 'amount-not-positive'
    if (known !== undefined) {
      const same = known.account === account && known.amount === amount
      return same ? 'repeated' : 'id-used-for-something-else'
    }
    if (x === undefined) return 'unknown-account'
    if (x.closed) return 'account-closed'
    if (x.floor !== null && x.balance - x.held - amount < x.floor) return 'insufficient-funds'
    x.held += amount
    this.#books.holds.set(id, { id, account, amount, expiresAt, state: 'pending' })
    return 'posted'
  }

  release(id: string): Result {
    const hold = this.#books.holds.get(id)
    if (hold === undefined) return 'unknown-hold'
    if (hold.state === 'settled') return 'hold-already-settled'
    if (hold.state === 'released') return 'repeated'
    hold.state = 'released'
    this.account(hold.account).held -= hold.amount
    return 'posted'
  }

  /** Everything but money, in the published order. */
  #judge(transfer: Transfer, idsOfGroup: ReadonlySet<string> = new Set()): Result {
    const { accounts, transfers, holds } = this.#books
    const debit = accounts.get(transfer.debit)
    const credit = accounts.get(transfer.credit)
    const known = transfers.get(transfer.id)
    const day = transfer.bookedOn.toString()
    if (transfer.debit === transfer.credit) return 'same-account-on-both-sides'
    if (transfer.amount <= 0n) return 'amount-not-positive'
    if (idsOfGroup.has(transfer.id)) return 'id-used-for-something-else'
    if (known !== undefined) {
      return sameContent(known, transfer) ? 'repeated' : 'id-used-for-something-else'
    }
    if (debit === undefined || credit === undefined) return 'unknown-account'
    if (debit.closed || credit.closed) return 'account-closed'
    if (day < debit.lastDay || day < credit.lastDay) return 'booked-before-last-line'
    if (transfer.settles === undefined) return 'posted'
    const hold = holds.get(transfer.settles)
    if (hold?.account !== transfer.debit) return 'unknown-hold'
    if (hold.state === 'settled') return 'hold-already-settled'
    if (hold.state === 'released') return 'hold-already-released'
    if (transfer.amount > hold.amount) return 'over-held-amount'
    return 'posted'
  }

  #make(transfer: Transfer): Result | null {
    const { transfers, holds } = this.#books
    const debit = this.account(transfer.debit)
    const credit = this.account(transfer.credit)
    const hold = transfer.settles === undefined ? undefined : holds.get(transfer.settles)
    const held = debit.held - (hold?.amount ?? 0n)
    if (debit.floor !== null && debit.balance - transfer.amount - held < debit.floor) {
      return 'insufficient-funds'
    }
    debit.held = held
    if (hold) hold.state = 'settled'
    debit.balance -= transfer.amount
    credit.balance += transfer.amount
    for (const account of [debit, credit]) {
      account.seq += 1n
      account.lastDay = transfer.bookedOn.toString()
    }
    transfers.set(transfer.id, transfer)
    return null
  }
}

const order: readonly Result[] = [
  'same-account-on-both-sides',
  'amount-not-positive',
  'id-used-for-something-else',
  'unknown-account',
  'account-closed',
  'booked-before-last-line',
  'unknown-hold',
  'hold-already-settled',
  'hold-already-released',
  'over-held-amount',
  'insufficient-funds',
]

function earliest(refusals: readonly Result[]): Result {
  return order.find((result) => refusals.includes(result))!
}

function sameContent(one: Transfer, other: Transfer): boolean {
  // A settled transfer may be repeated without naming its hold, never with another.
  const { settles: _first, ...first } = one
  const { settles: _second, ...second } = other
  return (
    textOf(first) === textOf(second) &&
    (other.settles === undefined || other.settles === one.settles)
  )
}

function textOf(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  )
}

function structuredCloneOf({ accounts, transfers, holds }: Books): Books {
  const copy = <K, V extends object>(map: Map<K, V>) =>
    new Map([...map].map(([key, value]) => [key, { ...value }]))
  return { accounts: copy(accounts), transfers: new Map(transfers), holds: copy(holds) }
}
