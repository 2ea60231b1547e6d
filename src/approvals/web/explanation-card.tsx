/** 承認の経路 — it explains itself: who must approve, in which order, who may not and why. */
import { minuteText } from '#ui/format.ts'
import { Card, Facts } from '#ui/page.tsx'
import { Badge, EmptyState } from '#ui/signs.tsx'
import type { Explanation } from '../contract.ts'
import { usePeople } from './line-parts.tsx'
import { useSay, useWords } from './words.ts'

export interface ExplanationCardProps {
  readonly title: string
  readonly explanation: Explanation
  /** Of an order that is only supposed: nothing is missing yet. */
  readonly supposed?: boolean
  readonly arrived?: number
}

export function ExplanationCard(props: ExplanationCardProps) {
  const { title, explanation, supposed = false, arrived } = props
  const words = useWords().route
  const say = useSay()
  const { steps, mayNot, method, turn } = explanation
  return (
    <Card title={title} arrived={arrived}>
      <div className="flex flex-col gap-5">
        <p className="font-bold">{say(explanation.says)}</p>
        <Facts
          facts={[
            [words.method, say(method)],
            ...(steps.length > 1 ? [[words.steps, words.turn[turn]] as const] : []),
          ]}
        />
        {steps.length === 0 ? (
          <EmptyState>{words.noSteps}</EmptyState>
        ) : (
          <ol className="flex flex-col gap-3">
            {steps.map((step, index) => (
              <Step
                // oxlint-disable-next-line react/no-array-index-key -- a step is its place
                key={index}
                step={step}
                number={index + 1}
                inTurn={turn === 'in-turn'}
                supposed={supposed}
              />
            ))}
          </ol>
        )}
        {mayNot.length > 0 && <MayNot mayNot={mayNot} />}
      </div>
    </Card>
  )
}

interface StepProps {
  readonly step: Explanation['steps'][number]
  readonly number: number
  readonly inTurn: boolean
  readonly supposed: boolean
}

function Step({ step, number, inTurn, supposed }: StepProps) {
  const words = useWords().route
  const say = useSay()
  const people = usePeople()
  const missing = step.need - step.done.length
  return (
    <li className="unbroken-on-paper rounded-8 border border-line p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-sm text-ink-soft">{words.step(number)}</span>
        <strong>{say(step.says)}</strong>
        {!supposed && (
          <Badge look={missing > 0 ? 'waiting' : 'done'}>
            {missing > 0 ? words.missing(missing) : words.done}
          </Badge>
        )}
        {!supposed && missing > 0 && inTurn && (
          <span className="text-sm">{step.mayActNow ? words.now : words.later}</span>
        )}
      </div>
      {step.done.length > 0 && (
        <ul className="mt-2">
          {step.done.map(({ userId, name, at }) => (
            <li key={userId}>
              <span aria-hidden="true" className="text-green-900">
                ✓{' '}
              </span>
              {name} <span className="text-sm text-ink-soft">{words.done}</span>{' '}
              <time dateTime={at} className="figures text-sm text-ink-soft">
                {minuteText(at)}
              </time>
            </li>
          ))}
        </ul>
      )}
      {missing > 0 && (
        <p className="mt-2">
          {step.candidates.length === 0 ? (
            <span className="font-bold text-red-900">{words.nobody}</span>
          ) : (
            <>
              <span className="me-2 text-sm text-ink-soft">
                {supposed && step.named ? words.mayName : words.may}
              </span>
              {people(step.candidates)}
            </>
          )}
        </p>
      )}
    </li>
  )
}

function MayNot({ mayNot }: Pick<Explanation, 'mayNot'>) {
  const words = useWords().route
  const say = useSay()
  return (
    <section className="unbroken-on-paper">
      <h3 className="mb-1 font-bold">{words.mayNot}</h3>
      <ul className="list-disc ps-6">
        {mayNot.map((one) => (
          <li key={one.userId}>
            <strong className="me-2">{one.name}</strong>
            {say(one.says)}
          </li>
        ))}
      </ul>
    </section>
  )
}
