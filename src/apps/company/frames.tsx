/** The frame around every screen: bank, service, language; and the plain frames of the login. */
import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useIdentityWords, useLogout } from '#identity/web/index.ts'
import { Button } from '#ui/button.tsx'
import { bankName, simulatedInstitutions } from '#ui/bank.ts'
import { LanguageSwitch, useLanguage, useMessages } from '#ui/language.tsx'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

export function RootFrame() {
  const words = useWords()
  return (
    <>
      <a
        href="#main"
        className="not-printed sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:bg-white focus:p-3"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {words.skip}
      </a>
      <Outlet />
      <SimulatorNote />
    </>
  )
}

/** On every page, so that nobody takes the demo's money for money. */
function SimulatorNote() {
  const words = useWords()
  const names = simulatedInstitutions().map((name) => words.institutions[name] ?? name)
  if (names.length === 0) return null
  return (
    <footer className="mx-auto max-w-7xl px-4 pb-6 text-xs text-ink-soft sm:px-6">
      {words.simulated(names.join(words.listed))}
    </footer>
  )
}

/** 銀行名 法人インターネットバンキング, and whatever stands at the right. */
export function Header({ children }: { readonly children?: ReactNode }) {
  const words = useWords()
  const { language } = useLanguage()
  return (
    <header className="bg-white">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2 sm:px-6">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-bold text-brand-900">{bankName(language)}</span>
          <span className="text-sm text-brand-900 sm:text-base">{words.service}</span>
        </p>
        <div className="ms-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-1">
          {children}
          <LanguageSwitch />
        </div>
      </div>
    </header>
  )
}

export function OutsideFrame() {
  return (
    <>
      <Header />
      <div className="border-t-8 border-brand-900">
        <Outlet />
      </div>
    </>
  )
}

/** The password was right, the top page is not yet reached: one may go on or leave. */
export function EnteringFrame() {
  return (
    <>
      <Header>
        <LogoutButton />
      </Header>
      <div className="border-t-8 border-brand-900">
        <Outlet />
      </div>
    </>
  )
}

export function LogoutButton() {
  const words = useIdentityWords().session
  const logout = useLogout()
  return (
    <Button
      look="secondary"
      size="small"
      className="not-printed"
      pending={logout.isPending}
      onClick={() => logout.mutate()}
    >
      {words.logout}
    </Button>
  )
}
