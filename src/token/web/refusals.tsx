/**
 * Where a refusal of the registration is said: at the field it is about, in the place of the 2D
 * code that is of no use any more, or above the form.
 */
import { useEffect, useEffectEvent, useMemo } from 'react'
import { ErrorSummary, type FormError } from '#ui/error-summary.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { Notice } from '#ui/signs.tsx'
import type { TokenRefusal } from '../contract.ts'
import { refusalIn, useGoOn, useSayRefusal } from './words.ts'

type Sentences = Partial<Readonly<Record<TokenRefusal, string>>>

interface Told {
  readonly error: unknown
  /** Found wrong before anything was sent. */
  readonly faults: readonly FormError[]
  /** Which field each refusal is about. */
  readonly fields: Sentences
  /** Where this step has a sentence of its own. */
  readonly sentences?: Sentences
}

const noSentences: Sentences = {}

export interface Refusals {
  readonly errors: readonly Required<FormError>[]
  /** The code is of no use any more. */
  readonly over: string | null
  /** About the form as a whole, also what the contract does not name. */
  readonly whole: unknown
  readonly errorOf: (field: string) => string | undefined
}

export function useRefusals({ error, faults, fields, sentences = noSentences }: Told): Refusals {
  const say = useSayRefusal()
  const code = refusalIn(error)
  const said = code === null ? null : (sentences[code] ?? say(error))
  const over = said !== null && faults.length === 0 && endsScan(error) ? said : null
  const field = code === null ? undefined : fields[code]
  const errors = useMemo(() => {
    if (faults.length > 0) return faults as readonly Required<FormError>[]
    if (said === null || over !== null || field === undefined) return []
    return [{ field, message: said }]
  }, [faults, said, over, field])
  const whole = faults.length === 0 && errors.length === 0 && over === null ? error : null
  const errorOf = (name: string) => errors.find((one) => one.field === name)?.message
  return { errors, over, whole, errorOf }
}

/** After these there is nothing more to type: a new code is needed. */
function endsScan(error: unknown): boolean {
  const problem = problemOf(error)
  if (problem === null) return false
  return (
    ['scan-expired', 'scan-spent'].includes(problem.code) || problem.facts?.['triesLeft'] === '0'
  )
}

/** One thing wrong: its field gets the focus. More: the summary does. */
export function Refused({ refusals: { errors, whole } }: { readonly refusals: Refusals }) {
  useEffect(() => {
    if (errors.length !== 1) return
    const field = document.getElementById(errors[0]!.field)
    field?.focus()
    if (field instanceof HTMLInputElement && field.type === 'text') field.select()
  }, [errors])
  return (
    <>
      {errors.length > 1 && <ErrorSummary errors={errors} />}
      <WholeRefusal error={whole} />
    </>
  )
}

/**
 * What is about no field, and what the contract does not name. Registered meanwhile in another
 * window: there is nothing to say, the next screen is due.
 */
export function WholeRefusal({ error }: { readonly error: unknown }) {
  const isOver = refusalIn(error) === 'token-registration-not-due'
  const goOn = useEffectEvent(useGoOn())
  useEffect(() => {
    if (isOver) void goOn()
  }, [isOver])
  const sentence = useSayRefusal()(error)
  if (error === null) return null
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}
