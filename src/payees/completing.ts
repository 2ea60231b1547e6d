/**
 * 登録・変更の確定 — the 2D code for what was entered, and the change by its right code: in one
 * transaction, under the list's lock, with everything judged once more.
 */
import type { Challenge, ChallengeRefusal, CodeRefusal } from '#kit/challenge.ts'
import { newId } from '#kit/ids.ts'
import { refused, type Outcome } from '#kit/outcome.ts'
import type { Visitor } from '#kit/visitor.ts'
import type { Tx } from '#platform/database/database.ts'
import { groupsOf, setGroups } from './groups-store.ts'
import type { PayeesDesk } from './needs.ts'
import type { PayeeContent } from './payee-fields.ts'
import type { PayeeId } from './payees.ts'
import * as store from './payees-store.ts'
import { canonicalOf, deviceContentOf, fileOf, paysOtherwise, singleOf } from './proposal.ts'
import { proposalById, setDone, type Proposal } from './proposal-store.ts'
import type { Refused } from './proposing.ts'
import { record, recordRefusal, type Came } from './recording.ts'

const purpose = 'payee-registration'

export interface Completed {
  readonly kind: Proposal['kind']
  readonly count: number
  readonly payeeId: string | null
  readonly at: Temporal.Instant
}

type Changed = 'payee-changed' | 'too-many-payees' | 'too-many-groups'

export function beginSignature(
  { database, signing }: PayeesDesk,
  visitor: Visitor,
  { id, now }: { readonly id: string; readonly now: Temporal.Instant },
): Promise<Outcome<Challenge, 'proposal-unknown' | 'payee-changed' | ChallengeRefusal>> {
  const { companyId, userId } = visitor
  return database.asCompany(companyId, async (tx) => {
    const proposal = await proposalById(tx, visitor, { id })
    if (proposal === null || proposal.doneAt !== null) return refused('proposal-unknown')
    const basis = await basisOf(tx, proposal)
    if (basis === null) return refused('payee-changed')
    const signer = { companyId, userId }
    const content = deviceContentOf(proposal)
    const canonical = canonicalOf(proposal, basis)
    return signing.issue(tx, { signer, purpose, subjectId: proposal.id, content, canonical }, now)
  })
}

/**
 * What the proposal is based on at this moment; null where it has nothing to stand on any more.
 * Reads under lock, so that it stays so until the transaction ends.
 */
async function basisOf(tx: Tx, proposal: Proposal): Promise<string | null> {
  const { companyId, business, kind } = proposal
  await store.lockList(tx, { companyId, business })
  if (kind === 'registration') return 'new'
  if (kind === 'import') {
    if (fileOf(proposal).mode === 'add') return 'add'
    return `replaces ${await store.countPayees(tx, { companyId, business })}`
  }
  const id = singleOf(proposal).payeeId!
  const payee = await store.payeeById(tx, companyId, { id, locked: true })
  return payee === null || payee.deletedAt !== null ? null : `version ${payee.version}`
}

export interface Typed {
  readonly id: string
  readonly challengeId: string
  readonly transactionCode: string
}

/** The same again is answered as before: an answer may be lost. */
export async function complete(
  needs: PayeesDesk,
  visitor: Visitor,
  { typed, came }: { readonly typed: Typed; readonly came: Came },
): Promise<Completed | Refused<'proposal-unknown' | CodeRefusal | Changed>> {
  const { companyId, userId } = visitor
  const { id, challengeId, transactionCode: code } = typed
  const read = () => needs.database.asCompany(companyId, (tx) => proposalById(tx, visitor, { id }))
  const proposal = await read()
  if (proposal === null) return { refuse: 'proposal-unknown' }
  if (proposal.doneAt !== null) return completedOf(proposal, proposal.doneAt)

  const redeemed = await needs.signing.redeem(
    { signer: { companyId, userId }, purpose, subjectId: proposal.id, challengeId, code },
    came,
    {
      canonical: async (tx) => {
        const stored = await proposalById(tx, visitor, { id, locked: true })
        const basis = stored === null || stored.doneAt !== null ? null : await basisOf(tx, stored)
        return stored === null || basis === null ? null : canonicalOf(stored, basis)
      },
      change: (tx) => carryOut(needs, tx, { visitor, proposal, came }),
    },
  )
  if (redeemed.granted && !('refuse' in redeemed.value)) return redeemed.value
  // The same twice at once: the other one was faster.
  const since = await read()
  if (since !== null && since.doneAt !== null) return completedOf(since, since.doneAt)
  const refusal = redeemed.granted
    ? (redeemed.value as Refused<Changed>)
    : { refuse: redeemed.reason, facts: redeemed.facts }
  const operation = operations[proposal.kind]
  await recordRefusal(needs, { visitor, came, operation, refusal: refusal.refuse })
  return refusal
}

const operations = {
  registration: 'payee-registration',
  change: 'payee-changed',
  import: 'payees-imported',
} as const

function completedOf(proposal: Proposal, at: Temporal.Instant): Completed {
  const { kind, id } = proposal
  if (kind === 'import') return { kind, count: fileOf(proposal).payees.length, payeeId: null, at }
  return { kind, count: 1, payeeId: singleOf(proposal).payeeId ?? id, at }
}

interface Work {
  readonly visitor: Visitor
  readonly proposal: Proposal
  readonly came: Came
}

/** Under the list's lock, in the transaction that uses up the code. */
async function carryOut(
  needs: PayeesDesk,
  tx: Tx,
  { visitor, proposal, came }: Work,
): Promise<Completed | Refused<Changed>> {
  const { companyId, userId, userName } = visitor
  const { now } = came
  const refusal = await noRoom(needs, tx, proposal)
  if (refusal !== null) return refusal

  if (proposal.kind === 'change') await change(tx, proposal, now)
  else await add(tx, proposal, now)
  await setDone(tx, proposal, now)
  const isFile = proposal.kind === 'import'
  const count = isFile ? fileOf(proposal).payees.length : 1
  const payeeEnd = isFile ? `${count}件` : singleOf(proposal).payee.number.slice(-3)
  await needs.tell.changed(tx, { companyId, userId, userName, at: now, payeeEnd })
  const facts = isFile ? fileFacts(proposal, count) : { payee: singleOf(proposal).payee.label }
  await record(needs, tx, { visitor, came, operation: operations[proposal.kind], facts })
  return completedOf(proposal, now)
}

function fileFacts(proposal: Proposal, count: number): Readonly<Record<string, string>> {
  const { mode, digest } = fileOf(proposal)
  return { count: String(count), mode, digest: digest.slice(0, 16) }
}

async function noRoom(
  { parameters }: PayeesDesk,
  tx: Tx,
  proposal: Proposal,
): Promise<Refused<Changed> | null> {
  const { companyId, business, kind } = proposal
  const isFile = kind === 'import'
  const { payees, mode } = isFile
    ? fileOf(proposal)
    : { payees: [singleOf(proposal).payee], mode: 'add' as const }
  if (kind !== 'change') {
    const before = mode === 'replace' ? 0 : await store.countPayees(tx, { companyId, business })
    const max = parameters.payeesMax[business]
    if (before + payees.length > max) {
      return { refuse: 'too-many-payees', facts: { max: String(max), count: String(before) } }
    }
  }
  const names = new Set((await groupsOf(tx, { companyId, business })).map(({ name }) => name))
  const known = names.size
  for (const name of payees.flatMap(({ groups }) => groups)) names.add(name)
  return names.size > known && names.size > parameters.groupsMax
    ? { refuse: 'too-many-groups', facts: { max: String(parameters.groupsMax) } }
    : null
}

async function change(tx: Tx, proposal: Proposal, now: Temporal.Instant): Promise<void> {
  const { companyId, business } = proposal
  const { payee: content, payeeId } = singleOf(proposal)
  const id = payeeId as PayeeId
  const before = await store.payeeById(tx, companyId, { id })
  if (before === null) throw new Error(`payee ${id} was locked and is gone`)
  const other = paysOtherwise(store.contentOf(before), content)
  await store.updatePayee(tx, { companyId, id, content }, other ? now : before.changedAt)
  await setGroups(tx, { companyId, business }, [{ payeeId: id, groups: content.groups }], now)
}

async function add(tx: Tx, proposal: Proposal, now: Temporal.Instant): Promise<void> {
  const { companyId, business, kind } = proposal
  if (kind === 'import' && fileOf(proposal).mode === 'replace') {
    await store.deleteAll(tx, { companyId, business }, now)
  }
  const contents: readonly PayeeContent[] =
    kind === 'import' ? fileOf(proposal).payees : [singleOf(proposal).payee]
  const payees = contents.map((content) => ({
    content,
    payeeNumber: null,
    id: kind === 'import' ? newId<'payee'>(now.epochMilliseconds) : (proposal.id as PayeeId),
  }))
  await store.insertPayees(tx, { companyId, business }, payees, now)
  const belonging = payees.map(({ id, content }) => ({ payeeId: id, groups: content.groups }))
  await setGroups(tx, { companyId, business }, belonging, now)
}
