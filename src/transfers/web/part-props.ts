/** What each card of 新規作成 is given. */
import type { Form, Typed } from './draft-form.ts'

export interface PartProps {
  readonly form: Form
  readonly typed: Typed
  readonly change: (part: Partial<Typed>) => void
  readonly errorAt: (field: string) => readonly string[]
}
