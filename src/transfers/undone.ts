/** A refusal within a transaction undoes all of it: a counted limit, a used code, a new row. */
export interface Refusing {
  readonly granted: false
  readonly reason: string
}

export class Undone<Refusal extends Refusing> extends Error {
  override readonly name = 'Undone'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** @returns what `work` gives, or the refusal with which it was undone */
export async function undone<Value, Refusal extends Refusing>(
  work: () => Promise<Value>,
): Promise<Value | Refusal> {
  try {
    return await work()
  } catch (fault) {
    if (fault instanceof Undone) return fault.refusal as Refusal
    throw fault
  }
}
