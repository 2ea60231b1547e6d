/**
 * 連続承認 — many orders were ticked and are confirmed one after another. The walk lives in the
 * address's search part, so that reload and 戻る keep it: which act, which orders, what came of
 * each so far.
 *
 *     ?act=approve&ids=A,B,C&done=approved,skipped
 */
import { shownStates } from '../contract-states.ts'
import type { ShownState } from '../messages.screens.ja.ts'
import { pathOf, resultsPath } from './addresses.ts'

/** What can be done with many at once. */
export const walkActs = ['approve', 'send-back', 'delete'] as const
export type WalkAct = (typeof walkActs)[number]

export type Done = ShownState | 'skipped'

export interface Walk {
  readonly act: WalkAct
  readonly ids: readonly string[]
  /** What came of the first ones, in the order of `ids`. */
  readonly done: readonly Done[]
}

/** As many as one sitting can confirm; it also keeps the address short enough. */
export const walkMax = 50

const idForm = /^[0-9A-Za-z-]{1,36}$/

/** @returns null when the address names no walk, or one that was tampered with */
export function readWalk(search: Readonly<Record<string, unknown>>): Walk | null {
  const act = walkActs.find((one) => one === search['act'])
  const ids = listIn(search['ids'])
  const done = listIn(search['done'])
  if (act === undefined || ids.length === 0 || ids.length > walkMax) return null
  if (!ids.every((id) => idForm.test(id)) || new Set(ids).size !== ids.length) return null
  if (done.length > ids.length || !done.every(isDone)) return null
  return { act, ids, done }
}

/** The search part for an address. */
export function writeWalk({ act, ids, done }: Walk): Record<string, string> {
  return { act, ids: ids.join(','), ...(done.length > 0 && { done: done.join(',') }) }
}

/** Where the order stands in the walk, from 1; null when it is not the next one. */
export function numberIn(walk: Walk, id: string): number | null {
  return walk.ids[walk.done.length] === id ? walk.done.length + 1 : null
}

/** The walk after its present order, and where it leads: the next order, or the results. */
export function onward(walk: Walk, came: Done): { readonly walk: Walk; readonly to: string } {
  const next: Walk = { ...walk, done: [...walk.done, came] }
  const id = next.ids[next.done.length]
  return { walk: next, to: id === undefined ? resultsPath : pathOf(id) }
}

function listIn(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? value.split(',') : []
}

function isDone(text: string): text is Done {
  return text === 'skipped' || (shownStates as readonly string[]).includes(text)
}
