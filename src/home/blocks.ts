/** The blocks of the top page. Each is told or not told by itself: a fault leaves the others. */

export type Told<Content> = ({ readonly told: true } & Content) | { readonly told: false }

/** For the log; the visitor reads that the block cannot be shown at the moment. */
export type ReportFault = (block: string, fault: unknown) => void

export async function told<Content extends object>(
  block: string,
  report: ReportFault,
  tell: () => Promise<Content>,
): Promise<Told<Content>> {
  try {
    return { told: true, ...(await tell()) }
  } catch (fault) {
    report(block, fault)
    return { told: false }
  }
}

/** @throws when the answer takes longer; the answer itself is then let go. */
export async function within<Value>(milliseconds: number, answer: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`no answer within ${milliseconds} ms`)),
    milliseconds,
  )
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
