/** 承認 — the sentences that the engine says in English. */
import type { Sentences } from './messages.ja.ts'

export const en: Sentences = {
  states: {
    'awaiting-approval': 'Awaiting approval',
    'awaiting-first': 'Awaiting first approval',
    'awaiting-final': 'Awaiting final approval',
    'awaiting-more': 'Awaiting approval',
    approved: 'Approved',
    recalled: 'Recalled',
    'sent-back': 'Sent back',
    withdrawn: 'Approval withdrawn',
    failed: 'Error',
    deleted: 'Deleted',
    expired: 'Expired',
  },
  awaitingMore: ({ count }) => `Awaiting approval (${count} more)`,
  methods: {
    none: 'No approval',
    single: 'Single approval',
    'double-in-turn': 'Double approval, in turn',
    'double-any-order': 'Double approval, in any order',
    group: 'Approval by group',
  },
  stepNamed: ({ name }) => name ?? 'one approver named by the requester',
  stepGroup: ({ group, size, need }) => `${need} of the ${size} members of “${group}”`,
  noApproval: 'No approval is needed.',
  waitsFor: ({ names, need }) =>
    names.length > need
      ? `Waiting for ${need} of ${names.join(', ')} to approve.`
      : `Waiting for ${names.join(' and ')} to approve.`,
  waitsForYou: 'Waiting for you to approve.',
  willNeed: ({ steps, inTurn }) =>
    `Must be approved by ${steps.join(inTurn ? ', then by ' : ' and by ')}.`,
  why: {
    'user-stopped': 'This user is stopped.',
    'right-missing': 'The right to approve is missing.',
    'account-not-allowed': 'The paying account may not be used.',
    'requester-himself': 'Requesters may not approve their own orders.',
    'token-missing': 'No token is registered.',
    'token-shared': 'The token is the same as the requester’s or another approver’s.',
    'over-approver-limit': 'The amount is over the approver’s limit per order.',
    'already-approved': 'Has approved already.',
    'not-named': 'Is not an approver of this order.',
    'not-your-turn': 'Another approver must approve first.',
  },
  failed: 'A check failed at the approval. The requester can correct the order.',
}
