/** 承認 — the addresses of its screens. Small: the menu needs it before any screen is open. */
export const listPath = '/approvals'
export const resultsPath = '/approvals/results'
export const routePath = '/approvals/route'

export function pathOf(id: string): string {
  return `/approvals/${id}`
}

const walkParts = ['act', 'ids', 'done'] as const

/** What a walk (walk.ts) keeps in the search part; all else is dropped, and walk.ts judges it. */
export function walkSearch(raw: Record<string, unknown>): Record<string, unknown> {
  const parts = walkParts.filter((name) => typeof raw[name] === 'string')
  return Object.fromEntries(parts.map((name) => [name, raw[name]]))
}
