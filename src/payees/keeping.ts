/** 振込先の削除・元に戻す, and グループ — what needs no token: nobody is paid elsewhere by it. */
import { newId } from '#kit/ids.ts'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import * as groups from './groups-store.ts'
import type { PayeesDesk } from './needs.ts'
import { isGroupName } from './payee-fields.ts'
import type { PayeeBusiness, PayeeId } from './payees.ts'
import * as store from './payees-store.ts'
import { record, type Came } from './recording.ts'

export interface Asked {
  readonly visitor: Visitor
  readonly came: Came
  /** Whether this visitor may keep the payees of that business. */
  readonly may: (business: PayeeBusiness) => boolean
}

type OnePayee = 'payee-unknown' | 'payees-right-missing' | 'filed-by-bank'

export function deletePayee(
  needs: PayeesDesk,
  { visitor, came, may }: Asked,
  id: string,
): Promise<Outcome<void, OnePayee>> {
  const { companyId } = visitor
  return needs.database.asCompany(companyId, async (tx) => {
    const payee = await store.payeeById(tx, companyId, { id, locked: true })
    if (payee === null) return refused('payee-unknown')
    if (!may(payee.business)) return refused('payees-right-missing')
    if (payee.number !== null) return refused('filed-by-bank')
    if (payee.deletedAt !== null) return granted(undefined)
    await store.setDeleted(tx, { companyId, id }, came.now)
    const facts = { payee: payee.label }
    await record(needs, tx, { visitor, came, operation: 'payee-deleted', facts })
    return granted(undefined)
  })
}

export function restorePayee(
  needs: PayeesDesk,
  { visitor, came, may }: Asked,
  id: string,
): Promise<Outcome<void, OnePayee | 'too-many-payees'>> {
  const { companyId } = visitor
  const { undoHours, payeesMax } = needs.parameters
  return needs.database.asCompany(companyId, async (tx) => {
    const seen = await store.payeeById(tx, companyId, { id })
    if (seen === null) return refused('payee-unknown')
    const { business } = seen
    if (!may(business)) return refused('payees-right-missing')
    if (seen.number !== null) return refused('filed-by-bank')
    await store.lockList(tx, { companyId, business })
    const payee = await store.payeeById(tx, companyId, { id, locked: true })
    if (payee === null) return refused('payee-unknown')
    if (payee.deletedAt === null) return granted(undefined)
    const last = payee.deletedAt.add({ hours: undoHours })
    if (Temporal.Instant.compare(came.now, last) > 0) return refused('payee-unknown')
    if ((await store.countPayees(tx, { companyId, business })) >= payeesMax[business]) {
      return refused('too-many-payees')
    }
    await store.setDeleted(tx, { companyId, id }, null)
    const facts = { payee: payee.label }
    await record(needs, tx, { visitor, came, operation: 'payee-restored', facts })
    return granted(undefined)
  })
}

export function makeGroup(
  needs: PayeesDesk,
  { visitor, came }: Asked,
  {
    business,
    name: typed,
    settle,
  }: {
    readonly business: PayeeBusiness
    readonly name: string
    readonly settle: (
      tx: Parameters<Parameters<PayeesDesk['database']['asCompany']>[1]>[0],
      group: { id: string; name: string; count: number },
    ) => Promise<void>
  },
): Promise<
  Outcome<
    { readonly id: string; readonly name: string; readonly count: number },
    'group-malformed' | 'group-exists' | 'too-many-groups'
  >
> {
  const { companyId } = visitor
  const name = typed.normalize('NFC').trim()
  return needs.database.asCompany(companyId, async (tx) => {
    if (!isGroupName(name)) return refused('group-malformed')
    await store.lockList(tx, { companyId, business })
    const present = await groups.groupsOf(tx, { companyId, business })
    if (present.some((group) => group.name === name)) return refused('group-exists')
    if (present.length >= needs.parameters.groupsMax) return refused('too-many-groups')
    const group = { id: newId<'payee-group'>(came.now.epochMilliseconds), name, count: 0 }
    await groups.insertGroup(tx, { companyId, business }, group)
    await record(needs, tx, {
      visitor,
      came,
      operation: 'payee-group-made',
      facts: { group: name },
    })
    await settle(tx, group)
    return granted(group)
  })
}

type OneGroup = 'group-unknown' | 'payees-right-missing'

export function renameGroup(
  needs: PayeesDesk,
  { visitor, came, may }: Asked,
  { id, name: typed }: { readonly id: string; readonly name: string },
): Promise<Outcome<void, OneGroup | 'group-malformed' | 'group-exists'>> {
  const { companyId } = visitor
  const name = typed.normalize('NFC').trim()
  return needs.database.asCompany(companyId, async (tx) => {
    const group = await groups.groupById(tx, { companyId, id })
    if (group === null) return refused('group-unknown')
    const { business } = group
    if (!may(business)) return refused('payees-right-missing')
    if (!isGroupName(name)) return refused('group-malformed')
    await store.lockList(tx, { companyId, business })
    if (!(await groups.renameGroup(tx, { companyId, id, name }))) return refused('group-exists')
    const facts = { group: group.name, name }
    await record(needs, tx, { visitor, came, operation: 'payee-group-renamed', facts })
    return granted(undefined)
  })
}

export function deleteGroup(
  needs: PayeesDesk,
  { visitor, came, may }: Asked,
  id: string,
): Promise<Outcome<void, OneGroup>> {
  const { companyId } = visitor
  return needs.database.asCompany(companyId, async (tx) => {
    const group = await groups.groupById(tx, { companyId, id })
    if (group === null) return refused('group-unknown')
    if (!may(group.business)) return refused('payees-right-missing')
    await groups.deleteGroup(tx, { companyId, id })
    const facts = { group: group.name }
    await record(needs, tx, { visitor, came, operation: 'payee-group-deleted', facts })
    return granted(undefined)
  })
}

export function changeMembers(
  needs: PayeesDesk,
  { visitor, came, may }: Asked,
  change: Omit<groups.MembersChange, 'companyId'>,
): Promise<Outcome<void, OneGroup | 'payee-unknown'>> {
  const { companyId } = visitor
  const { id, add, remove } = change
  return needs.database.asCompany(companyId, async (tx) => {
    const group = await groups.groupById(tx, { companyId, id })
    if (group === null) return refused('group-unknown')
    if (!may(group.business)) return refused('payees-right-missing')
    const ids = [...new Set([...add, ...remove])] as PayeeId[]
    const found = await store.payeesByIds(tx, companyId, ids)
    const all = found.length === ids.length && found.every((one) => one.business === group.business)
    if (!all) return refused('payee-unknown')
    await groups.changeMembers(tx, { companyId, ...change })
    const facts = { group: group.name, added: String(add.length), removed: String(remove.length) }
    await record(needs, tx, { visitor, came, operation: 'payee-group-members', facts })
    return granted(undefined)
  })
}
