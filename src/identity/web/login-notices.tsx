/** ログイン時お知らせ (手順 4, its end) — what the bank must say before the top page, 「次へ」. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Out } from '#kit/endpoint.ts'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { momentText } from '#ui/format.ts'
import { useLanguage } from '#ui/language.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Badge, Loading, Notice } from '#ui/signs.tsx'
import type { contract } from '../contract.ts'
import { client, useGoOn } from './session.ts'
import { useSayStepRefusal, useStepWords } from './step-words.ts'

type Shown = Out<typeof contract.showLoginNotices>['notices'][number]

export function LoginNotices() {
  const words = useStepWords().loginNotices
  const goOn = useGoOn()
  const say = useSayStepRefusal()
  const shown = useQuery({
    queryKey: ['session', 'login-notices'],
    queryFn: () => client.showLoginNotices(),
  })
  const acknowledge = useMutation({
    mutationFn: (notices: readonly string[]) =>
      client.acknowledgeLoginNotices({ body: { notices: [...notices] } }),
    onSuccess: goOn,
  })
  const refused = say(acknowledge.error)
  return (
    <Page title={words.title} screenId="BLGI031" width="narrow">
      {refused !== null && <Notice look="error" title={refused} announced />}
      {acknowledge.error && refused === null && <FaultNotice error={acknowledge.error} />}
      {shown.data ? (
        shown.data.notices.map((notice) => <NoticeCard key={notice.id} notice={notice} />)
      ) : (
        <Loading />
      )}
      <Actions>
        <Button
          disabled={!shown.data}
          pending={acknowledge.isPending}
          className="sm:min-w-56"
          onClick={() => acknowledge.mutate(shown.data!.notices.map(({ id }) => id))}
        >
          {words.next}
        </Button>
      </Actions>
    </Page>
  )
}

function NoticeCard({ notice }: { readonly notice: Shown }) {
  const words = useStepWords().loginNotices
  const english = useLanguage().language === 'en' ? notice.english : null
  const { title, paragraphs } = english ?? notice
  return (
    <Card
      title={title}
      aside={
        <span className="flex items-center gap-3">
          {notice.important && <Badge look="important">{words.important}</Badge>}
          <time dateTime={notice.publishedAt} className="figures text-sm text-ink-soft">
            {momentText(notice.publishedAt).slice(0, 10)}
          </time>
        </span>
      }
    >
      <div lang={english ? 'en' : 'ja'} className="flex flex-col gap-3">
        {paragraphs.map((paragraph, index) => (
          <p key={index} className="whitespace-pre-line">
            {paragraph}
          </p>
        ))}
      </div>
    </Card>
  )
}
