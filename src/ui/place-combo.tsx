/** One combobox of the picker: a bank or a branch, found as one types. */
import { useState } from 'react'
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import type { FoundPlace } from '#kit/bank-search.ts'
import { en } from './bank-picker.messages.en.ts'
import { ja } from './bank-picker.messages.ja.ts'
import { classes } from './classes.ts'
import { Field, fieldLook, tied, type FieldProps } from './field.tsx'
import { useMessages } from './language.tsx'
import { useFoundPlaces, useNamedPlace, type Within } from './place-search.ts'

export interface PlaceComboProps extends FieldProps {
  /** null: there is nothing to choose from yet. */
  readonly within: Within | null
  readonly chosen: FoundPlace | null
  readonly onChoice: (place: FoundPlace | null) => void
}

export function PlaceCombo({ within, chosen, onChoice, ...field }: PlaceComboProps) {
  const words = useMessages(ja, en)
  const [text, setText] = useState(chosen?.name ?? '')
  // What is chosen elsewhere (by first letter, by 記号・番号) shows here, too.
  const [shown, show] = useState(chosen)
  if (shown?.code !== chosen?.code || shown?.name !== chosen?.name) {
    show(chosen)
    if (chosen !== null) setText(chosen.name)
  }
  const searched = chosen !== null && text === chosen.name ? '' : text
  const found = useFoundPlaces(within, searched)
  const namedPlace = useNamedPlace()
  const asked = searched.trim() !== '' || (within !== null && within !== 'banks')
  const answered = asked ? (found.data?.found ?? []) : []
  // The chosen one stays among the items: else the combobox would forget its text.
  const items =
    chosen === null || answered.some(({ code }) => code === chosen.code)
      ? answered
      : [chosen, ...answered]

  const choose = (place: FoundPlace) => {
    setText(place.name)
    if (place.code !== chosen?.code) onChoice(place)
  }
  /** Left with text but without a choice: a whole code or name is choice enough. */
  const settle = async () => {
    if (chosen !== null || within === null) return
    const named = await namedPlace(within, text)
    if (named !== null) choose(named)
  }
  const { 'aria-describedby': describedBy, ...ties } = tied(field)
  return (
    <Field {...field}>
      <ComboBox
        aria-label={field.label}
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="input"
        items={items}
        inputValue={text}
        selectedKey={chosen?.code ?? null}
        isDisabled={within === null}
        isInvalid={ties['aria-invalid'] === true}
        onInputChange={(typed) => {
          setText(typed)
          if (chosen !== null && typed !== chosen.name) onChoice(null)
        }}
        onSelectionChange={(key) => {
          const place = items.find(({ code }) => code === key)
          if (place) choose(place)
        }}
        onBlur={() => void settle()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void settle()
        }}
      >
        <div className="relative">
          <Input
            {...ties}
            id={field.name}
            aria-describedby={describedBy}
            autoComplete="off"
            className={classes(fieldLook, 'pe-12')}
          />
          <Button
            aria-label={words.open(field.label)}
            className="not-printed absolute end-1 top-1 grid size-10 place-items-center rounded-6 text-brand-800 hover:bg-brand-50 disabled:text-solid-gray-420"
          >
            <span aria-hidden="true">▾</span>
          </Button>
        </div>
        <Popover
          offset={4}
          className="flex w-(--trigger-width) min-w-70 flex-col overflow-hidden rounded-8 border border-solid-gray-420 bg-white shadow-2"
        >
          <ListBox<FoundPlace>
            className="max-h-80 overflow-y-auto p-1 focus-visible:outline-none"
            renderEmptyState={() => (
              <p className="p-3 text-sm text-ink-soft">
                {!asked
                  ? words.typeOn
                  : found.isError
                    ? words.failed
                    : found.isFetching || found.isPending
                      ? words.searching
                      : words.nothing(text.trim())}
              </p>
            )}
          >
            {(place) => <PlaceOption id={place.code} place={place} />}
          </ListBox>
          {asked && found.data?.more === true && (
            <p className="border-t border-line px-3 py-2 text-sm text-ink-soft">{words.more}</p>
          )}
        </Popover>
      </ComboBox>
      {chosen !== null && (
        <p className="figures mt-1 text-sm text-ink-soft">
          {words.chosen(chosen.code, chosen.kana)}
        </p>
      )}
    </Field>
  )
}

/** The list knows its options by the id that stands on this very element. */
function PlaceOption({ id, place }: { readonly id: string; readonly place: FoundPlace }) {
  return (
    <ListBoxItem
      id={id}
      textValue={place.name}
      className="flex min-h-11 cursor-pointer items-baseline gap-3 rounded-6 px-3 py-2 data-[focused]:bg-brand-50 data-[focused]:outline-2 data-[focused]:-outline-offset-2 data-[focused]:outline-brand-800 data-[selected]:font-bold"
    >
      <span className="figures w-10 flex-none text-sm text-ink-soft">{place.code}</span>
      <span className="min-w-0 flex-1">
        {place.name}
        <span className="block text-xs font-normal text-ink-soft">{place.kana}</span>
      </span>
    </ListBoxItem>
  )
}
