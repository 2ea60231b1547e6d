/** タイムアウト・ログアウト — says why the session is over; the way back is the login page. */
import { useSearch } from '@tanstack/react-router'
import { loginPath, useIdentityWords } from '#identity/web/index.ts'
import { sessionEnds } from '#ui/faults.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Page } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { useWords } from './frames.tsx'

export function SessionEnded() {
  const words = useWords()
  const session = useIdentityWords().session
  const { reason } = useSearch({ strict: false }) as { reason?: string }
  const end = sessionEnds.find((known) => known === reason)
  const byOneself = reason === 'logout'
  const timedOut = end === 'idle' || end === 'absolute'
  const title = byOneself
    ? words.ended.loggedOutTitle
    : timedOut
      ? words.ended.title
      : words.ended.otherTitle
  return (
    <Page title={title} screenId={byOneself ? 'BLGO001' : 'BLGI090'} width="narrow">
      <Notice
        look={byOneself ? 'success' : 'warning'}
        title={byOneself ? session.loggedOut : session.ended[end ?? 'unknown']}
      />
      <Actions>
        <ButtonLink to={loginPath}>{words.toLogin}</ButtonLink>
      </Actions>
    </Page>
  )
}
