/**
 * 承認 内容確認 (BSHN008) — one order whole: state, sheet, route, moves, 照合値; then the move that
 * the reader chooses, its form, and its result in place.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Out } from '#kit/endpoint.ts'
import { Button, PrintButton } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { ButtonLink } from '#ui/links.tsx'
import { OrderSheetCards } from '#ui/order-sheet.tsx'
import { Actions, Card, Page } from '#ui/page.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import type { contract } from '../contract.ts'
import { acts, mayNames, type Act, type Came } from './acting.ts'
import { ApproveForm } from './approve-form.tsx'
import { CameCard } from './came-card.tsx'
import { ExplanationCard } from './explanation-card.tsx'
import { LimitsButton } from './limits.tsx'
import { MovesCard } from './moves-card.tsx'
import { ReturnForm } from './return-form.tsx'
import { StateCard } from './state-card.tsx'
import { listPath } from './addresses.ts'
import { numberIn, readWalk, type Walk } from './walk.ts'
import { OnwardButton, WalkBar } from './walk-bar.tsx'
import { approvalsKey, useApprovalQuery, useSay, useSayRefusal, useWords } from './words.ts'

type Shown = Out<typeof contract.showApproval>

export function ApprovalPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const walk = readWalk(useSearch({ strict: false }))
  const here = walk !== null && numberIn(walk, id) !== null ? walk : null
  // Another order of the walk is another page: nothing of the last one stays.
  return <Approval key={id} id={id} walk={here} />
}

interface ApprovalProps {
  readonly id: string
  readonly walk: Walk | null
}

function Approval({ id, walk }: ApprovalProps) {
  const words = useWords().show
  const queries = useQueryClient()
  const found = useApprovalQuery(id)
  const [came, setCame] = useState<Came | null>(null)
  const shown = found.data
  const note = (result: Came) => {
    setCame(result)
    void queries.invalidateQueries({ queryKey: approvalsKey })
    void queries.invalidateQueries({ queryKey: ['home'] })
  }
  return (
    <Page title={words.title} screenId="BSHN008" actions={shown && <PrintButton />}>
      {walk && <WalkBar walk={walk} id={id} over={came !== null} />}
      {found.error && !shown && <Unknown error={found.error} />}
      {came && <CameCard came={came} walk={walk} />}
      {shown ? (
        <>
          <StateCard shown={shown} />
          <OrderSheetCards sheet={shown.sheet} aside={<LimitsButton id={id} />} />
          <ExplanationCard title={words.route} explanation={shown.explanation} />
          <MovesCard moves={shown.moves} />
          {came === null && (
            <Acting
              shown={shown}
              walk={walk}
              onCame={note}
              onReload={async () => void (await found.refetch())}
            />
          )}
        </>
      ) : (
        found.isPending && <Loading />
      )}
      <Actions>
        <ButtonLink look="secondary" to={listPath}>
          {words.toList}
        </ButtonLink>
      </Actions>
    </Page>
  )
}

function Unknown({ error }: { readonly error: unknown }) {
  const words = useWords().show
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return (
    <Notice look="error" title={words.unknown} announced>
      <p>{sentence}</p>
    </Notice>
  )
}

interface ActingProps {
  readonly shown: Shown
  readonly walk: Walk | null
  readonly onCame: (came: Came) => void
  readonly onReload: () => Promise<void>
}

/** The moves that are open to the reader; the walk has chosen one already. */
function Acting({ shown, walk, onCame, onReload }: ActingProps) {
  const { show: words, acts: names } = useWords()
  const [chosen, setChosen] = useState<Act | null>(walk?.act ?? null)
  // The form takes the focus when it was asked for, not when the walk brought it: one reads first.
  const [asked, setAsked] = useState(0)
  const open = acts.filter((act) => shown.may[mayNames[act]])
  const act = chosen !== null && open.includes(chosen) ? chosen : null
  if (act !== null) {
    // A content that changed is approved from the beginning: nothing typed for the old one stays.
    const key = `${act} ${shown.digest} ${asked}`
    const form = {
      ...{ id: shown.line.id, onCame, arrived: asked },
      onBack: () => setChosen(null),
      onReload: () => {
        void onReload().then(() => setAsked(asked + 1))
      },
    }
    return act === 'approve' ? (
      <ApproveForm key={key} {...form} digest={shown.digest} />
    ) : (
      <ReturnForm key={key} {...form} act={act} />
    )
  }
  return (
    <>
      <WhyNot shown={shown} walk={walk} />
      {open.length > 0 && (
        <Card title={words.actions} className="not-printed">
          <p className="mb-4">{words.chooseAct}</p>
          <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
            {open.map((act) => (
              <Button
                key={act}
                look={act === 'approve' ? 'primary' : 'secondary'}
                className="sm:min-w-32"
                onClick={() => {
                  setChosen(act)
                  setAsked(asked + 1)
                }}
              >
                {names[act]}
              </Button>
            ))}
          </div>
        </Card>
      )}
    </>
  )
}

/** Why the reader may not approve; in a walk, that the chosen move is not open, and the way on. */
function WhyNot({ shown, walk }: Pick<ActingProps, 'shown' | 'walk'>) {
  const { show: words, acts: names, refusals } = useWords()
  const say = useSay()
  const { you } = shown.explanation
  const stuck = walk !== null && !shown.may[mayNames[walk.act]]
  if (!stuck && you === null) return null
  return (
    <div className="flex flex-col items-start gap-4">
      <Notice
        look="warning"
        title={stuck ? words.notOpen(names[walk.act]) : words.youMayNot}
        announced={stuck}
      >
        {you !== null && <p>{say(you.says)}</p>}
        {shown.line.deadlinePassed && <p>{refusals['deadline-passed']}</p>}
      </Notice>
      {stuck && <OnwardButton walk={walk} came="skipped" />}
    </div>
  )
}
