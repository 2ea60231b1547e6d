/** 登録口座一覧, グループ, 最近10回の取引, 受取人番号, 他業務の登録先 — chosen from a list. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { dayText, wideKana, yenText } from '#ui/format.ts'
import { MoreButton } from '#ui/paging.tsx'
import { EmptyState, Loading } from '#ui/signs.tsx'
import type { Way } from './add-destination.tsx'
import type { AddProps } from './add-own-account.tsx'
import { holds, itemFrom, type Destination } from './draft-form.ts'
import { client, useWords } from './words.ts'

const sources = {
  list: 'payee',
  group: 'payee',
  recent: 'recent',
  filed: 'filed',
  'other-business': 'other-business',
} as const
type ListedWay = Exclude<Way, 'typed'>

type SearchProps = Pick<AddProps, 'typed' | 'onAdd'> & { readonly way: ListedWay }

export function DestinationSearch({ way, typed, onAdd }: SearchProps) {
  const words = useWords().entry
  const [text, setText] = useState('')
  const [group, setGroup] = useState('')
  const found = useDestinations(way, useSettled(text.trim()), group)
  const pages = found.data?.pages
  const groups = pages?.[0]?.groups ?? []
  const destinations = pages?.flatMap((page) => page.destinations) ?? []
  const free = destinations.filter(({ account }) => !holds(typed, account))
  const waits = way === 'group' && group === ''
  const numbers = way === 'filed'
  return (
    <div className="flex flex-col">
      <FieldGrid>
        {way !== 'recent' && way !== 'group' && (
          <TextInput
            name="destinationText"
            label={numbers ? words.searchNumber : words.searchText}
            hint={numbers ? words.searchNumberHint : words.searchHint}
            maxLength={60}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {way !== 'recent' && (groups.length > 0 || way === 'group') && (
          <Select
            name="destinationGroup"
            label={words.group}
            value={group}
            options={[
              { value: '', label: way === 'group' ? words.chooseGroup : words.allGroups },
              ...groups.map(({ name, count }) => ({
                value: name,
                label: words.groupWord(name, String(count)),
              })),
            ]}
            onChange={(event) => setGroup(event.currentTarget.value)}
          />
        )}
      </FieldGrid>
      {pages === undefined ? (
        <Loading />
      ) : waits ? (
        <EmptyState>{groups.length === 0 ? words.noGroups : words.chooseGroup}</EmptyState>
      ) : destinations.length === 0 ? (
        <EmptyState>{words.nothingFound}</EmptyState>
      ) : (
        <ul aria-label={words.ways[way]} className="divide-y divide-line border-y border-line">
          {destinations.map((one) => (
            <Line
              key={keyOf(one)}
              one={one}
              added={holds(typed, one.account)}
              onAdd={() => onAdd([itemFrom(one)])}
            />
          ))}
        </ul>
      )}
      {!waits && found.hasNextPage && (
        <MoreButton pending={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
      )}
      {!waits && way === 'group' && free.length > 0 && (
        <Button
          look="secondary"
          className="mt-4 self-start"
          onClick={() => onAdd(free.map(itemFrom))}
        >
          {words.addGroup}
        </Button>
      )}
    </div>
  )
}

const keyOf = ({ payeeId, account }: Destination) =>
  `${payeeId ?? ''} ${Object.values(account).join('-')}`

interface LineProps {
  readonly one: Destination
  readonly added: boolean
  readonly onAdd: () => void
}

function Line({ one, added, onAdd }: LineProps) {
  const words = useWords().entry
  const name = one.label === '' ? wideKana(one.payeeName) : one.label
  const { kind, number } = one.account
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <div className="min-w-0">
        <p lang="ja">
          <strong>{name}</strong>
          {one.label !== '' && (
            <span className="ms-2 text-sm text-ink-soft">{wideKana(one.payeeName)}</span>
          )}
        </p>
        <p className="text-sm">
          {one.bankName} {one.branchName}{' '}
          <span className="figures whitespace-nowrap">
            {words.accountKinds[kind]} {number}
          </span>
        </p>
        <p className="text-sm text-ink-soft">
          {[
            ...(one.number === null ? [] : [`${words.number} ${one.number}`]),
            ...(one.lastPaid === null
              ? []
              : [words.lastPaid(dayText(one.lastPaid.day), yenText(one.lastPaid.amount))]),
            ...one.groups,
          ].join(' ／ ')}
        </p>
      </div>
      <Button
        look="secondary"
        size="small"
        className="flex-none"
        disabled={added}
        aria-label={added ? `${words.added}: ${name}` : words.addNamed(name)}
        onClick={onAdd}
      >
        {added ? words.added : words.addOne}
      </Button>
    </li>
  )
}

function useDestinations(way: ListedWay, text: string, group: string) {
  return useInfiniteQuery({
    queryKey: ['transfers', 'destinations', way, text, group],
    queryFn: ({ pageParam, signal }) =>
      client.listDestinations(
        {
          query: {
            source: sources[way],
            ...(text !== '' && { text }),
            ...(group !== '' && { group }),
            ...(pageParam !== null && { after: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

/** Asked once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
