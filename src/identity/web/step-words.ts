/** The words of the steps between the login page and the top page, which fetch them themselves. */
import { useMessages } from '#ui/language.tsx'
import { steps } from '../messages.steps.ts'
import { useSayRefusal } from './refusals.ts'

export function useStepWords(): typeof steps.ja {
  return useMessages(steps.ja, steps.en) as typeof steps.ja
}

export function useSayStepRefusal(): (thrown: unknown) => string | null {
  return useSayRefusal(useStepWords().refusals)
}
