/** メニューボタン (手順 5) — the bar, on a phone behind one button, and the words below it. */
import { Link, useLocation } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { classes } from '#ui/classes.ts'
import { useLanguage } from '#ui/language.tsx'
import { useWords } from './frames.tsx'
import { buttonAt, entryAt, type MenuButton } from './menu.ts'

export function MenuBar({ menu }: { readonly menu: readonly MenuButton[] }) {
  const words = useWords()
  const { pathname } = useLocation()
  // Opened on one page, it is shut on the next.
  const [openAt, setOpenAt] = useState<string | null>(null)
  const open = openAt === pathname
  const id = useId()
  const present = buttonAt(menu, pathname)
  return (
    <div className="not-printed">
      <nav aria-label={words.menu} className="bg-brand-900 text-white">
        <div className="mx-auto max-w-7xl sm:px-6">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            className="flex min-h-12 w-full items-center gap-2 px-4 font-bold sm:hidden"
            onClick={() => setOpenAt(open ? null : pathname)}
          >
            <span aria-hidden="true">{open ? '✕' : '☰'}</span>
            {words.menu}
          </button>
          <ul id={id} className={classes('sm:flex', !open && 'max-sm:hidden')}>
            {menu.map((button) => (
              <li key={button.group}>
                <Link
                  to={button.to}
                  {...(button === present && { 'aria-current': 'true' as const })}
                  className={classes(
                    'flex min-h-12 items-center px-4',
                    button === present
                      ? 'bg-white font-bold text-brand-900'
                      : 'font-medium hover:bg-brand-700',
                  )}
                >
                  {words.groups[button.group]}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </nav>
      {present && present.entries.length > 1 && <SubMenu button={present} pathname={pathname} />}
    </div>
  )
}

interface SubMenuProps {
  readonly button: MenuButton
  readonly pathname: string
}

function SubMenu({ button, pathname }: SubMenuProps) {
  const words = useWords()
  const { language } = useLanguage()
  const present = entryAt(button, pathname)
  return (
    <nav aria-label={words.subMenu} className="border-b border-line bg-white">
      <ul className="mx-auto flex max-w-7xl flex-wrap sm:px-6">
        {button.entries.map((entry) => (
          <li key={entry.path}>
            <Link
              to={entry.path}
              {...(entry === present && { 'aria-current': 'page' as const })}
              className={classes(
                'flex min-h-11 items-center border-b-4 px-4 text-brand-800 hover:bg-brand-50',
                entry === present ? 'border-brand-800 font-bold' : 'border-transparent',
              )}
            >
              {entry.label[language]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
