/** Screens that belong to no business: nothing here, not allowed, something is broken. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { useUiMessages } from '#ui/language.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { Actions, Page } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { useWords } from './frames.tsx'

export function PageMissing() {
  const words = useWords()
  return (
    <Page title={words.missing.title} screenId="BERR404" width="narrow">
      <p>{words.missing.says}</p>
      <Actions>
        <ButtonLink to="/">{words.toTop}</ButtonLink>
      </Actions>
    </Page>
  )
}

export function NotAllowed() {
  const words = useWords()
  const { forbidden } = useUiMessages().fault
  return (
    <Page title={words.forbidden} screenId="BERR403" width="narrow">
      <Notice look="warning" title={forbidden} />
      <Actions>
        <ButtonLink to="/">{words.toTop}</ButtonLink>
      </Actions>
    </Page>
  )
}

/** サービスエラー, with its お問い合わせ番号 where the server gave one. */
export function ServiceFault({ error, reset }: ErrorComponentProps) {
  const words = useWords()
  const ui = useUiMessages()
  const queries = useQueryClient()
  const router = useRouter()
  const again = async () => {
    await queries.resetQueries({ predicate: ({ state }) => state.status === 'error' })
    await router.invalidate()
    reset()
  }
  return (
    <Page title={ui.fault.title} screenId="BERR500" width="narrow">
      <FaultNotice error={error} />
      <Actions>
        <Button look="secondary" onClick={() => void again()}>
          {words.again}
        </Button>
        <ButtonLink to="/">{words.toTop}</ButtonLink>
      </Actions>
    </Page>
  )
}
