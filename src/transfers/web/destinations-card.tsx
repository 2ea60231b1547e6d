/** 振込先と金額 — who is paid and how much, the ways to add one more, and the sum of what is typed. */
import { useState } from 'react'
import { Amount } from '#ui/amount.tsx'
import { Button } from '#ui/button.tsx'
import { wideKana } from '#ui/format.ts'
import { Card } from '#ui/page.tsx'
import { EmptyState } from '#ui/signs.tsx'
import { AddDestination } from './add-destination.tsx'
import { AddOwnAccount } from './add-own-account.tsx'
import { sumOf } from './amount-typing.ts'
import { DestinationFields } from './destination-fields.tsx'
import { itemsOf, type TypedItem } from './draft-form.ts'
import type { PartProps } from './part-props.ts'
import { useWords } from './words.ts'

export interface DestinationsCardProps extends PartProps {
  /** Items have got other places: what was said of the places no longer fits. */
  readonly onItemsMoved: () => void
}

export function DestinationsCard(props: DestinationsCardProps) {
  const { form, typed, change, errorAt, onItemsMoved } = props
  const words = useWords().entry
  const items = itemsOf(typed)
  const own = typed.kind === 'own-transfer'
  const [removed, setRemoved] = useState<{ item: TypedItem; at: number } | null>(null)
  const [told, setTold] = useState('')
  const room = form.itemsMax - items.length

  const add = (chosen: readonly TypedItem[]) => {
    const taken = chosen.slice(0, Math.max(room, 0))
    if (taken.length === 0) return
    change({ items: [...typed.items, ...taken] })
    setTold(words.addedSays(taken.map(nameOf).join('、')))
    setRemoved(null)
    if (errorAt('items').length > 0) onItemsMoved()
  }
  const remove = (item: TypedItem) => {
    setRemoved({ item, at: typed.items.indexOf(item) })
    change({ items: typed.items.filter((one) => one !== item) })
    onItemsMoved()
    document.getElementById('items')?.focus()
  }
  const undo = () => {
    if (removed === null) return
    change({ items: typed.items.toSpliced(removed.at, 0, removed.item) })
    setRemoved(null)
    onItemsMoved()
    document.getElementById('items')?.focus()
  }
  const setItem = (changed: TypedItem) =>
    change({ items: typed.items.map((one) => (one.id === changed.id ? changed : one)) })

  return (
    <Card
      title={own ? words.ownDestinations : words.destinations}
      aside={
        <span className="figures text-sm">
          {words.countOf(String(items.length), String(form.itemsMax))}
        </span>
      }
    >
      <div id="items" tabIndex={-1} className="flex flex-col gap-4">
        <Errors sentences={errorAt('items')} />
        <p role="status" className="sr-only">
          {told}
        </p>
        {items.length === 0 && <EmptyState>{own ? words.noneOwn : words.none}</EmptyState>}
        {items.map((item, at) => (
          <DestinationFields
            key={item.id}
            {...{ item, at, errorAt, own }}
            onChange={setItem}
            onRemove={() => remove(item)}
          />
        ))}
        {removed !== null && <Removed item={removed.item} onUndo={undo} />}
        {items.length > 0 && <Total items={items} />}
        {room <= 0 ? (
          <p className="text-sm">{words.full(String(form.itemsMax))}</p>
        ) : own ? (
          <AddOwnAccount form={form} typed={typed} onAdd={add} />
        ) : (
          <AddDestination form={form} typed={typed} onAdd={add} />
        )}
      </div>
    </Card>
  )
}

const nameOf = ({ label, payeeName }: TypedItem) => (label === '' ? wideKana(payeeName) : label)

function Errors({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <ul className="text-sm font-bold text-red-900">
      {sentences.map((sentence) => (
        <li key={sentence}>＊{sentence}</li>
      ))}
    </ul>
  )
}

interface RemovedProps {
  readonly item: TypedItem
  readonly onUndo: () => void
}

function Removed({ item, onUndo }: RemovedProps) {
  const words = useWords().entry
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-3 rounded-8 bg-solid-gray-50 px-4 py-2"
    >
      <span>{words.removed(nameOf(item))}</span>
      <Button look="secondary" size="small" onClick={onUndo}>
        {words.undo}
      </Button>
    </div>
  )
}

function Total({ items }: { readonly items: readonly TypedItem[] }) {
  const words = useWords().entry
  const { sum, unread } = sumOf(items.map(({ payable }) => payable))
  return (
    <div className="border-t-2 border-solid-gray-420 pt-3 text-end">
      <p className="flex flex-wrap items-baseline justify-end gap-x-4">
        <span className="font-bold">{words.total}</span>
        <Amount value={sum} strong unit />
      </p>
      <p className="text-sm text-ink-soft">
        {unread > 0 && <span>{words.unread(String(unread))} </span>}
        {words.feesLater}
      </p>
    </div>
  )
}
