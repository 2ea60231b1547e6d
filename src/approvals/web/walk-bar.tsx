/** 連続承認 — where one is among the chosen orders; skip, stop; and the step on after a result. */
import { useNavigate } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { resultsPath } from './addresses.ts'
import { numberIn, onward, writeWalk, type Done, type Walk } from './walk.ts'
import { useWords } from './words.ts'

interface WalkProps {
  readonly walk: Walk
  readonly id: string
}

export function WalkBar({ walk, id, over }: WalkProps & { readonly over: boolean }) {
  const { walk: words, acts } = useWords()
  const go = useOnward(walk)
  const number = numberIn(walk, id)
  if (number === null) return null
  return (
    <section
      aria-label={words.label}
      className="not-printed flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-12 border border-brand-800 bg-brand-50 px-4 py-3"
    >
      <p className="flex flex-wrap items-baseline gap-x-3">
        <strong>{acts[walk.act]}</strong>
        <span className="figures">{words.at({ number, count: walk.ids.length })}</span>
      </p>
      {!over && (
        <div className="flex flex-wrap gap-2">
          <ButtonLink look="plain" size="small" to={resultsPath} search={writeWalk(walk)}>
            {words.stop}
          </ButtonLink>
          <Button look="secondary" size="small" onClick={() => go('skipped')}>
            {words.skip}
          </Button>
        </div>
      )}
    </section>
  )
}

/** After a result, or where nothing can be done. */
export function OnwardButton({ walk, came }: { readonly walk: Walk; readonly came: Done }) {
  const words = useWords().walk
  const go = useOnward(walk)
  const isLast = walk.done.length + 1 >= walk.ids.length
  return <Button onClick={() => go(came)}>{isLast ? words.finish : words.next}</Button>
}

function useOnward(walk: Walk): (came: Done) => void {
  const navigate = useNavigate()
  return (came) => {
    const next = onward(walk, came)
    // What is done cannot be gone back to: 戻る leads to the list.
    void navigate({ to: next.to, search: writeWalk(next.walk), replace: true } as never)
  }
}
