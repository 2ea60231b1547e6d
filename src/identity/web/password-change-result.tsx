/** パスワード変更結果 (手順 3) — what was changed, 「確認」. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { momentText } from '#ui/format.ts'
import { Actions, Card, Facts, Page } from '#ui/page.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import { client, useGoOn } from './session.ts'
import { useSayStepRefusal, useStepWords } from './step-words.ts'

export function PasswordChangeResult() {
  const words = useStepWords().passwordChangeResult
  const goOn = useGoOn()
  const say = useSayStepRefusal()
  const result = useQuery({
    queryKey: ['session', 'password-change-result'],
    queryFn: () => client.showPasswordChangeResult(),
  })
  const confirm = useMutation({
    mutationFn: () => client.confirmPasswordChangeResult(),
    onSuccess: goOn,
  })
  const refused = say(confirm.error)
  return (
    <Page title={words.title} screenId="BLGI012" width="narrow">
      {refused !== null && <Notice look="error" title={refused} announced />}
      {confirm.error && refused === null && <FaultNotice error={confirm.error} />}
      {result.data ? (
        <>
          <Notice look="success" title={words.done} />
          <Card title={words.title}>
            <ul className="mb-4 list-disc ps-6">
              {result.data.changed.map((what) => (
                <li key={what}>{words.changed[what]}</li>
              ))}
            </ul>
            <Facts
              facts={[
                [
                  words.changedAt,
                  <span className="figures" key="at">
                    {momentText(result.data.changedAt)}
                  </span>,
                ],
              ]}
            />
          </Card>
        </>
      ) : (
        <Loading />
      )}
      <Actions>
        <Button
          pending={confirm.isPending}
          className="sm:min-w-56"
          onClick={() => confirm.mutate()}
        >
          {words.confirm}
        </Button>
      </Actions>
    </Page>
  )
}
