/** 注意喚起 (手順 4) — what fraudsters try, once a token is registered. 「OK」. */
import { useMutation } from '@tanstack/react-query'
import { Button } from '#ui/button.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { WholeRefusal } from './refusals.tsx'
import './token.css'
import { client, useGoOn, useWords } from './words.ts'

export function TokenCaution() {
  const words = useWords().caution
  const goOn = useGoOn()
  const acknowledge = useMutation({
    mutationFn: () => client.acknowledgeTokenCaution(),
    onSuccess: goOn,
  })
  return (
    <Page title={words.title} screenId="BLGI025" width="narrow">
      <WholeRefusal error={acknowledge.error} />
      <Notice look="success" title={words.done} />
      <Card title={words.card}>
        <ol className="flex flex-col gap-5">
          {words.points.map(([what, why], at) => (
            <li key={what} className="numbered">
              <span aria-hidden="true" className="step-number figures">
                {at + 1}
              </span>
              <div>
                <p className="font-bold">{what}</p>
                <p>{why}</p>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Actions>
        <Button
          pending={acknowledge.isPending}
          className="sm:min-w-56"
          onClick={() => acknowledge.mutate()}
        >
          {words.ok}
        </Button>
      </Actions>
    </Page>
  )
}
