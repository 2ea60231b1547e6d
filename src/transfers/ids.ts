/** An id as it comes from a browser: one that is none of ours is unknown, and never a fault. */
import type { TransferId } from './transfer.ts'

const nobody = '00000000-0000-7000-8000-000000000000'

export function isUuid(text: string | null): text is string {
  return text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

export function idIn({ id }: { readonly id: string }): TransferId {
  return (isUuid(id) ? id : nobody) as TransferId
}
