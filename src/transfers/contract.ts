/**
 * 振込振替 — what the screens may ask: enter (a draft is stored), confirm (its sheet and digest),
 * submit (with the digest of what was shown), follow.
 */
import { entering } from './contract-entering.ts'
import { following } from './contract-following.ts'
import { ordering } from './contract-ordering.ts'

export {
  accountKinds,
  bearers,
  destinationSources,
  Draft,
  draftFaults,
  DraftItem,
  TransferLine,
  TransferState,
  transferStates,
} from './contract-shapes.ts'
export type { DraftFault } from './contract-shapes.ts'

export const contract = { ...entering, ...ordering, ...following } as const
