/** トークンの利用停止 — who has lost the device stops it at once, without password and code. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { WholeRefusal } from './refusals.tsx'
import { client, useWords } from './words.ts'

export function TokenSuspension() {
  const words = useWords().suspension
  const [asking, setAsking] = useState(false)
  const suspend = useMutation({
    mutationFn: () => client.suspendOwnToken(),
    onSettled: () => setAsking(false),
  })
  // The button that had the focus is gone.
  const done = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (suspend.isSuccess) done.current?.focus()
  }, [suspend.isSuccess])
  return (
    <Page title={words.title} screenId="BRSK040" width="narrow" lead={<p>{words.lead}</p>}>
      <WholeRefusal error={suspend.error} />
      {suspend.isSuccess ? (
        <div ref={done} tabIndex={-1}>
          <Notice look="success" title={words.done} announced>
            <p>{words.doneSays}</p>
          </Notice>
        </div>
      ) : (
        <Card title={words.card}>
          <ul className="mb-5 list-disc ps-6">
            {words.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
          <Actions>
            <Button look="danger" className="sm:min-w-56" onClick={() => setAsking(true)}>
              {words.submit}
            </Button>
          </Actions>
        </Card>
      )}
      {asking && (
        <Dialog
          urgent
          title={words.ask}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button look="secondary" data-first="" onClick={() => setAsking(false)}>
                {words.cancel}
              </Button>
              <Button look="danger" pending={suspend.isPending} onClick={() => suspend.mutate()}>
                {words.submit}
              </Button>
            </>
          }
        >
          <p>{words.askSays}</p>
        </Dialog>
      )}
    </Page>
  )
}
