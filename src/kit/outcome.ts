/** Outcome — what a rule answers: the value it grants, or the name of its refusal. */
export type Outcome<Value, Reason extends string> =
  | { readonly granted: true; readonly value: Value }
  | { readonly granted: false; readonly reason: Reason }

export function granted<Value>(value: Value): { readonly granted: true; readonly value: Value } {
  return { granted: true, value }
}

export function refused<const Reason extends string>(
  reason: Reason,
): { readonly granted: false; readonly reason: Reason } {
  return { granted: false, reason }
}
