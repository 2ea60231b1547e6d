/** 振込先口座指定方法選択 — the six ways to a destination; the chosen one opens below. */
import { useState, type KeyboardEvent } from 'react'
import { classes } from '#ui/classes.ts'
import type { AddProps } from './add-own-account.tsx'
import { DestinationSearch } from './destination-search.tsx'
import type { Form } from './draft-form.ts'
import { NewAccount } from './new-account.tsx'
import { useWords } from './words.ts'

const ways = ['list', 'group', 'recent', 'filed', 'typed', 'other-business'] as const
export type Way = (typeof ways)[number]

/** A payee of another business is taken as one that was typed. */
const sourceOf: Readonly<Record<Way, Form['sources'][number]>> = {
  list: 'payee',
  group: 'payee',
  recent: 'recent',
  filed: 'filed',
  typed: 'typed',
  'other-business': 'typed',
}

export function AddDestination({ form, typed, onAdd }: AddProps) {
  const words = useWords().entry
  const open = ways.filter((way) => form.sources.includes(sourceOf[way]))
  const [way, setWay] = useState<Way | null>(typed.items.length === 0 ? (open[0] ?? null) : null)
  return (
    <section aria-label={words.add} className="rounded-8 bg-solid-gray-50 p-4">
      <h3 className="mb-2 font-bold">{words.add}</h3>
      <div className="flex flex-wrap gap-2">
        {open.map((one) => (
          <button
            key={one}
            type="button"
            aria-expanded={one === way}
            aria-controls={one === way ? 'add-destination' : undefined}
            className={classes(
              'min-h-11 rounded-full border px-4 text-sm font-bold',
              one === way
                ? 'border-brand-800 bg-brand-800 text-white'
                : 'border-brand-800 bg-white text-brand-800 hover:bg-brand-50',
            )}
            onClick={() => setWay(one === way ? null : one)}
          >
            {words.ways[one]}
          </button>
        ))}
      </div>
      {way !== null && (
        <div
          id="add-destination"
          key={way}
          role="presentation"
          className="mt-4 rounded-8 border border-line bg-white p-4"
          onKeyDown={keepEnter}
        >
          {way === 'typed' ? (
            <NewAccount form={form} typed={typed} onAdd={onAdd} />
          ) : (
            <DestinationSearch way={way} typed={typed} onAdd={onAdd} />
          )}
        </div>
      )}
    </section>
  )
}

/** Enter in a field of this part answers the field, and does not send the page. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
}
