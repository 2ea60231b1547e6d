/** 五十音から選ぶ — the rows ア to ワ, and what begins in the chosen one. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { kanaRowNames, type FoundPlace, type KanaRow } from '#kit/bank-search.ts'
import { en } from './bank-picker.messages.en.ts'
import { ja } from './bank-picker.messages.ja.ts'
import { classes } from './classes.ts'
import { useMessages } from './language.tsx'
import { MoreButton } from './paging.tsx'
import { askPlaces, type Within } from './place-search.ts'

interface BankInitialsProps {
  readonly label: string
  readonly within: Within
  readonly onChoice: (place: FoundPlace) => void
}

export function BankInitials({ label, within, onChoice }: BankInitialsProps) {
  const words = useMessages(ja, en)
  const panel = useId()
  const [opened, setOpened] = useState(false)
  const [row, setRow] = useState<KanaRow | null>(null)
  return (
    <div>
      <button
        type="button"
        aria-expanded={opened}
        aria-controls={panel}
        className="inline-flex min-h-11 items-center gap-1 text-brand-800 underline underline-offset-4"
        onClick={() => setOpened(!opened)}
      >
        <span aria-hidden="true">{opened ? '▴' : '▾'}</span>
        {words.byLetter(label)}
      </button>
      <div id={panel} hidden={!opened} className="rounded-8 border border-line bg-white p-3">
        <div role="group" aria-label={words.rows} className="flex flex-wrap gap-1">
          {kanaRowNames.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={row === name}
              aria-label={words.row(name)}
              className={classes(
                'min-h-11 min-w-11 rounded-6 border px-2',
                row === name
                  ? 'border-brand-800 bg-brand-800 text-white'
                  : 'border-solid-gray-420 bg-white text-brand-800 hover:bg-brand-50',
              )}
              onClick={() => setRow(name)}
            >
              {name}
            </button>
          ))}
        </div>
        {opened && row !== null && (
          <RowOfPlaces
            within={within}
            row={row}
            onChoice={(place) => {
              setOpened(false)
              onChoice(place)
            }}
          />
        )}
      </div>
    </div>
  )
}

function RowOfPlaces({
  within,
  row,
  onChoice,
}: Omit<BankInitialsProps, 'label'> & { readonly row: KanaRow }) {
  const words = useMessages(ja, en)
  const pages = useInfiniteQuery({
    queryKey: ['places-of-row', within, row],
    queryFn: ({ pageParam, signal }) =>
      askPlaces(within, { row, ...(pageParam !== '' && { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ found, more }) => (more ? found.at(-1)?.code : undefined),
    staleTime: 600_000,
    throwOnError: false,
  })
  const places = pages.data?.pages.flatMap(({ found }) => found) ?? []
  if (pages.isError) return <p className="mt-3 text-sm">{words.failed}</p>
  if (pages.isPending) return <p className="mt-3 text-sm">{words.searching}</p>
  if (places.length === 0) return <p className="mt-3 text-sm">{words.noneInRow}</p>
  return (
    <>
      <ul className="mt-3 grid gap-1 sm:grid-cols-2 lg:grid-cols-3">
        {places.map((place) => (
          <li key={place.code}>
            <button
              type="button"
              className="flex min-h-11 w-full items-baseline gap-3 rounded-6 px-2 py-2 text-start hover:bg-brand-50"
              onClick={() => onChoice(place)}
            >
              <span className="figures flex-none text-sm text-ink-soft">{place.code}</span>
              <span className="min-w-0">{place.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <MoreButton pending={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
      )}
    </>
  )
}
