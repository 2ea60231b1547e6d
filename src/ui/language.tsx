/**
 * 言語 — Japanese by default, English by a switch that covers every text.
 *
 * The choice is kept in a cookie, because the server writes some sentences too (mails, files),
 * and `<html lang>` follows it, because screen readers and line breaking do.
 */
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { Language } from '#kit/visitor.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

/** What a catalogue of messages has in common over languages: names and parameters. */
export type Shape<M> = M extends string
  ? string
  : M extends (...facts: infer Facts) => infer Said
    ? (...facts: Facts) => Shape<Said>
    : { readonly [Name in keyof M]: Shape<M[Name]> }

interface Chosen {
  readonly language: Language
  readonly choose: (language: Language) => void
}

const LanguageContext = createContext<Chosen>({ language: 'ja', choose: () => undefined })

export const languageCookie = 'language'

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(keptLanguage)
  const choose = useCallback((next: Language) => {
    document.cookie = `${languageCookie}=${next}; Path=/; Max-Age=31536000; SameSite=Lax`
    document.documentElement.lang = next
    setLanguage(next)
  }, [])
  const chosen = useMemo(() => ({ language, choose }), [language, choose])
  return <LanguageContext value={chosen}>{children}</LanguageContext>
}

export function useLanguage(): Chosen {
  return use(LanguageContext)
}

/** The catalogue in the language of the visitor. */
export function useMessages<M, E extends Shape<M>>(inJapanese: M, inEnglish: E): Shape<M> {
  return useLanguage().language === 'en' ? inEnglish : (inJapanese as Shape<M>)
}

/** The words of the parts of this folder. */
export function useUiMessages(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

export function LanguageSwitch({ onChoice }: { readonly onChoice?: (language: Language) => void }) {
  const { language, choose } = useLanguage()
  const words = useUiMessages()
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <button
      type="button"
      lang={other}
      aria-label={`${words.language}: ${other === 'en' ? 'English' : '日本語'}`}
      className="not-printed inline-flex min-h-11 items-center gap-1 rounded-6 px-2 text-brand-800 underline underline-offset-4 hover:bg-brand-50"
      onClick={() => {
        choose(other)
        onChoice?.(other)
      }}
    >
      {other === 'en' ? 'English' : '日本語'}
    </button>
  )
}

function keptLanguage(): Language {
  const kept = new RegExp(`(?:^|; )${languageCookie}=(ja|en)`).exec(document.cookie)?.[1]
  const language: Language = kept === 'en' ? 'en' : 'ja'
  document.documentElement.lang = language
  return language
}
