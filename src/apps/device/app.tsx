/** The page of the device: who it is, the hardware, and what is to be known beside it. */
import { useEffect, useState } from 'react'
import { bankName } from '#ui/bank.ts'
import { LanguageSwitch, useLanguage } from '#ui/language.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import { keepForOffline, mayWorkOffline, type Offline } from './offline.ts'
import { haveAlone, openStorage, type DeviceStorage } from './storage.ts'
import { Token } from './token.tsx'
import { useWords } from './words.ts'

export function App() {
  const words = useWords()
  const { language } = useLanguage()
  const opening = useStorage()
  const kept = useOffline()
  useEffect(() => {
    document.title = `${words.title} | ${bankName(language)}`
  }, [words, language])
  return (
    <>
      <header className="border-b-8 border-brand-900 bg-white">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 px-4 py-2">
          <p className="text-sm font-bold text-brand-900">{bankName(language)}</p>
          <h1 className="text-xl font-bold text-brand-900">{words.title}</h1>
          <div className="ms-auto">
            <LanguageSwitch />
          </div>
        </div>
      </header>
      <main className="mx-auto flex max-w-5xl flex-col gap-5 px-4 py-5">
        <Notice look="warning" title={words.standing.title}>
          <p className="text-sm">{words.standing.says}</p>
        </Notice>
        {opening.is === 'opening' && <Loading />}
        {opening.is === 'elsewhere' && (
          <Notice look="info" title={words.elsewhere.title} announced>
            <p>{words.elsewhere.says}</p>
          </Notice>
        )}
        {opening.is === 'broken' && (
          <Notice look="error" title={words.broken.title} announced>
            <p>{words.broken.says}</p>
          </Notice>
        )}
        {opening.is === 'open' && <Token storage={opening.storage} kept={kept} />}
      </main>
    </>
  )
}

type Opening =
  | { readonly is: 'opening' }
  | { readonly is: 'elsewhere' } // another window has the device
  | { readonly is: 'open'; readonly storage: DeviceStorage }
  | { readonly is: 'broken' }

function useStorage(): Opening {
  const [opening, setOpening] = useState<Opening>({ is: 'opening' })
  useEffect(() => {
    haveAlone(() => setOpening({ is: 'elsewhere' }))
      .then(() => openStorage())
      .then(
        (storage) => setOpening({ is: 'open', storage }),
        () => setOpening({ is: 'broken' }),
      )
  }, [])
  return opening
}

export interface Kept {
  readonly offline: Offline
  readonly update: (() => void) | null
}

function useOffline(): Kept {
  const [offline, setOffline] = useState<Offline>(mayWorkOffline() ? 'not-yet' : 'never')
  const [update, setUpdate] = useState<(() => void) | null>(null)
  useEffect(() => {
    if (!mayWorkOffline()) return
    keepForOffline({
      ready: () => setOffline('ready'),
      newer: (open) => setUpdate(() => open),
    }).catch(() => setOffline('never'))
  }, [])
  return { offline, update }
}
