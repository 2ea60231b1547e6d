/** お知らせ詳細 — opening it is what makes it read (既読). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { problemOf } from '#ui/faults.tsx'
import { momentText } from '#ui/format.ts'
import { useLanguage } from '#ui/language.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Badge, Loading, Notice as Sign } from '#ui/signs.tsx'
import type { Notice } from '../contract.ts'
import { client, useWords } from './words.ts'

export function NoticeDetail() {
  const words = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const queries = useQueryClient()
  const notice = useQuery({
    queryKey: ['notice', id],
    queryFn: () => client.readNotice({ params: { id } }),
  })
  const opened = notice.data !== undefined
  useEffect(() => {
    if (!opened) return
    void queries.invalidateQueries({ queryKey: ['notices'] })
    void queries.invalidateQueries({ queryKey: ['home'] })
  }, [opened, queries])
  const refusal = problemOf(notice.error) === null ? null : words.refusals['no-such-notice']
  return (
    <Page title={words.detail} screenId="BTOP012" width="narrow">
      {refusal !== null && <Sign look="warning" title={refusal} announced />}
      {refusal === null && (notice.data ? <Text notice={notice.data} /> : <Loading />)}
      <Actions>
        <ButtonLink look="secondary" to="/notices">
          {words.backToList}
        </ButtonLink>
      </Actions>
    </Page>
  )
}

function Text({ notice }: { readonly notice: Notice }) {
  const words = useWords()
  const inEnglish = useLanguage().language === 'en'
  const english = inEnglish ? notice.english : null
  const { title, paragraphs } = english ?? notice.japanese
  return (
    <Card title={title}>
      <p className="mb-4 flex flex-wrap items-center gap-2">
        <time dateTime={notice.publishedAt} className="figures text-sm text-ink-soft">
          {momentText(notice.publishedAt).slice(0, 10)}
        </time>
        <span className="text-sm">{words.kinds[notice.kind]}</span>
        {notice.important && <Badge look="important">{words.important}</Badge>}
      </p>
      {inEnglish && english === null && <p className="mb-4 text-sm">{words.onlyInJapanese}</p>}
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
