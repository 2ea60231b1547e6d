/** 通知 — the bell of the frame: how many are unread, the latest as a list, and what just came. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useId, useRef, useState, type RefObject } from 'react'
import { Button } from '#ui/button.tsx'
import { silently } from '#ui/client.ts'
import { momentText } from '#ui/format.ts'
import { TextLink } from '#ui/links.tsx'
import { Badge, EmptyState } from '#ui/signs.tsx'
import type { Message } from '../contract.ts'
import { useMessageStream } from './message-stream.ts'
import { messageClient, useWords } from './words.ts'

/** What an order on its way changes on the screens. */
const changedByNews = ['messages', 'approvals', 'home', 'transfers']

const messagesQuery = {
  queryKey: ['messages'],
  queryFn: () => messageClient.listMessages(),
  throwOnError: false, // a bell that cannot ring stops no screen
}

export function Bell() {
  const words = useWords().messages
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(messagesQuery)
  const arrived = useArrived(data?.messages)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useLeaving(box, isOpen, { byEscape: close, byGoingElsewhere: () => setOpen(false) })
  const unread = data?.unread ?? 0
  return (
    <div ref={box} className="not-printed relative">
      <Button
        ref={button}
        look="plain"
        size="small"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={words.bell({ unread })}
        onClick={() => setOpen(!isOpen)}
      >
        <BellDrawing />
        {unread > 0 && (
          <span className="figures rounded-full bg-red-900 px-2 text-xs font-bold text-white">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </Button>
      {isOpen && <Panel id={id} messages={data?.messages ?? []} unread={unread} onClose={close} />}
      <p aria-live="polite" className="sr-only">
        {arrived && words.arrived({ says: words.says[arrived.kind](arrived.facts) })}
      </p>
    </div>
  )
}

/** Esc, and the focus or a press on another part of the page; a window that loses it keeps its list. */
function useLeaving(
  box: RefObject<HTMLElement | null>,
  isOpen: boolean,
  ways: { readonly byEscape: () => void; readonly byGoingElsewhere: () => void },
): void {
  const escape = useEffectEvent(ways.byEscape)
  const elsewhere = useEffectEvent(ways.byGoingElsewhere)
  useEffect(() => {
    if (!isOpen) return
    const over = new AbortController()
    const { signal } = over
    const somewhere = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) elsewhere()
    }
    document.addEventListener('focusin', somewhere, { signal })
    document.addEventListener('pointerdown', somewhere, { signal })
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && escape(), { signal })
    return () => over.abort()
  }, [box, isOpen])
}

/** Asks anew when the stream says so. @returns what came last while this screen was open */
function useArrived(messages: readonly Message[] | undefined): Message | null {
  const queries = useQueryClient()
  const newestSeen = useRef<string | null>(null)
  const [arrived, setArrived] = useState<Message | null>(null)
  useMessageStream((what) => {
    const keys = what === 'message' ? changedByNews : ['messages']
    silently(() => {
      for (const key of keys) void queries.invalidateQueries({ queryKey: [key] })
    })
  })
  useEffect(() => {
    if (messages === undefined) return
    const newest = messages[0] ?? null
    const before = newestSeen.current
    newestSeen.current = newest?.id ?? ''
    // What lay there when the screen was opened has not just come.
    if (before !== null && newest !== null && newest.id !== before && !newest.read) {
      setArrived(newest)
    }
  }, [messages])
  return arrived
}

interface PanelProps {
  readonly id: string
  readonly messages: readonly Message[]
  readonly unread: number
  readonly onClose: () => void
}

function Panel({ id, messages, unread, onClose }: PanelProps) {
  const words = useWords().messages
  const queries = useQueryClient()
  const reading = useMutation({
    mutationFn: (ids: string[]) => messageClient.readMessages({ body: { ids } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const unreadIds = messages.filter(({ read }) => !read).map((message) => message.id)
  return (
    <section
      id={id}
      aria-labelledby={`${id}title`}
      className="fixed inset-x-2 top-16 z-40 max-h-[75vh] overflow-y-auto rounded-12 border border-line bg-white p-4 text-ink shadow-4 sm:absolute sm:inset-x-auto sm:end-0 sm:top-full sm:mt-2 sm:w-96"
    >
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 ref={heading} id={`${id}title`} tabIndex={-1} className="text-lg font-bold">
          {words.heading}
        </h2>
        <Button look="plain" size="small" onClick={onClose}>
          {words.close}
        </Button>
      </div>
      {messages.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {messages.map((message) => (
            <Line
              key={message.id}
              message={message}
              onOpen={() => {
                if (!message.read) reading.mutate([message.id])
                onClose()
              }}
            />
          ))}
        </ul>
      )}
      {unread > 0 && unreadIds.length > 0 && (
        <Button
          look="secondary"
          size="small"
          className="mt-3"
          pending={reading.isPending}
          onClick={() => reading.mutate(unreadIds)}
        >
          {words.readAll}
        </Button>
      )}
    </section>
  )
}

function Line({ message, onOpen }: { readonly message: Message; readonly onOpen: () => void }) {
  const words = useWords()
  const { kind, facts, path, at, read } = message
  return (
    <li className="py-2">
      <p className="flex items-center gap-2 text-sm text-ink-soft">
        <time dateTime={at} className="figures">
          {momentText(at)}
        </time>
        {!read && <Badge look="unread">{words.unread}</Badge>}
      </p>
      <span onClickCapture={onOpen} className="wrap-anywhere">
        <TextLink to={path}>{words.messages.says[kind](facts)}</TextLink>
      </span>
    </li>
  )
}

function BellDrawing() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6" fill="currentColor">
      <path d="M12 22a2.5 2.5 0 0 0 2.4-2H9.6a2.5 2.5 0 0 0 2.4 2Zm7-6v-5a7 7 0 0 0-5.5-6.8V3.5a1.5 1.5 0 0 0-3 0v.7A7 7 0 0 0 5 11v5l-2 2v1h18v-1l-2-2Z" />
    </svg>
  )
}
