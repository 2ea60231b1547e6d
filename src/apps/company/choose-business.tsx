/** 業務選択 — the pages behind one button of the menu bar, each with a sentence. */
import { Link, useParams } from '@tanstack/react-router'
import { useLanguage } from '#ui/language.tsx'
import { Page } from '#ui/page.tsx'
import { useViewer } from '#ui/viewer.tsx'
import { capabilities } from './capabilities.ts'
import { useWords } from './frames.tsx'
import { menuFor } from './menu.ts'
import { PageMissing } from './standing-pages.tsx'

export function ChooseBusiness() {
  const words = useWords()
  const { language } = useLanguage()
  const { group } = useParams({ strict: false }) as { group?: string }
  const button = menuFor(useViewer(), capabilities).find((entry) => entry.group === group)
  if (!button) return <PageMissing />
  return (
    <Page
      title={words.groups[button.group]}
      screenId="BSSK001"
      lead={<p>{words.chooseBusinessLead}</p>}
    >
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {button.entries.map((entry) => (
          <li key={entry.path}>
            <Link
              to={entry.path}
              className="group flex h-full min-h-28 flex-col gap-1 rounded-12 border border-line border-s-8 border-s-brand-800 bg-white p-5 hover:bg-brand-50"
            >
              <span className="text-lg font-bold text-brand-800 underline underline-offset-4 group-hover:decoration-2">
                {entry.label[language]}
              </span>
              <span>{entry.says[language]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  )
}
