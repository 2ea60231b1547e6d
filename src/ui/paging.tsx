/** Going on in a list: もっと見る adds below, 前へ・次へ turn pages. */
import { Button } from './button.tsx'
import { useUiMessages } from './language.tsx'

export interface MoreButtonProps {
  readonly pending: boolean
  readonly onMore: () => void
}

export function MoreButton({ pending, onMore }: MoreButtonProps) {
  const words = useUiMessages()
  return (
    <div className="not-printed mt-4 text-center">
      <Button look="secondary" pending={pending} onClick={onMore}>
        {words.more}
      </Button>
    </div>
  )
}

export interface PagerProps {
  /** null where there is no such page. */
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
  /** Between the buttons, e.g. 「51〜100件」. */
  readonly where?: string
}

/**
 * 前へ・次へ, where pages are turned.
 * @public a part that waits for its first screen
 */
export function Pager({ onPrevious, onNext, where }: PagerProps) {
  const words = useUiMessages()
  return (
    <nav
      aria-label={words.pages}
      className="not-printed mt-4 flex items-center justify-between gap-4"
    >
      <Button look="secondary" disabled={onPrevious === null} onClick={() => onPrevious?.()}>
        {words.previous}
      </Button>
      {where !== undefined && <span className="figures text-sm">{where}</span>}
      <Button look="secondary" disabled={onNext === null} onClick={() => onNext?.()}>
        {words.next}
      </Button>
    </nav>
  )
}
