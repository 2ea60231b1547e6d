/** 最初からやり直す — by the reader, or because the server knows of no registration any more. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Button } from '#ui/button.tsx'
import type { StepProps } from './registration.tsx'
import { client, refusalIn, registrationKey, useRegistrationCall, useWords } from './words.ts'

type LedBack = Pick<StepProps, 'onLedBack'>

export function RestartButton({ onLedBack }: LedBack) {
  const words = useWords().registration
  const restart = useRegistrationCall(() => client.restartTokenRegistration())
  return (
    <Button
      look="secondary"
      pending={restart.isPending}
      onClick={() => restart.mutate(undefined, { onSuccess: () => onLedBack(words.restarted) })}
    >
      {words.restart}
    </Button>
  )
}

/** Begun anew in another window, or by an administrator: the page follows. */
export function useBackToStart(error: unknown, onLedBack: LedBack['onLedBack']): void {
  const queries = useQueryClient()
  const said = useWords().refusals['registration-not-started']
  useEffect(() => {
    if (refusalIn(error) !== 'registration-not-started') return
    onLedBack(said)
    void queries.invalidateQueries({ queryKey: registrationKey })
  }, [error, said, queries, onLedBack])
}
