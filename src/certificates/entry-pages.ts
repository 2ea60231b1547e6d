/**
 * The pages of the listener for certificates: plain HTML that loads nothing, and the headers that
 * go with it. They are all that this origin ever shows.
 */
import { createHash } from 'node:crypto'
import { momentInJapan } from '#kit/japan-time.ts'
import type { Language } from '#kit/visitor.ts'
import { securityHeaders } from '#platform/http/security-headers.ts'
import type { Certificate } from './certificate.ts'
import { en } from './messages.pages.en.ts'
import { ja, type PageName, type PageWords } from './messages.pages.ja.ts'

export interface BankNames {
  readonly ja: string
  readonly en: string
}

export interface Page {
  readonly name: PageName
  readonly language: Language
  readonly inquiryNumber: string
  /** Shown where it is one of ours, so that people see which one they have chosen. */
  readonly certificate: Certificate | null
}

/** The look of the counter (src/ui/theme.css), in the little that these pages need. */
const style = `
  :root { font-family: "Noto Sans JP", "Noto Sans CJK JP", "BIZ UDPGothic", "Hiragino Sans",
    "Yu Gothic UI", Meiryo, sans-serif; line-height: 1.7; color: #1a1a1a; background: #f5f6f8 }
  body { margin: 0 }
  header { align-items: baseline; background: #fff; border-bottom: .5rem solid #143c5c;
    color: #143c5c; display: flex; flex-wrap: wrap; font-size: 1.25rem; font-weight: 700;
    gap: 0 .75rem; padding: .75rem 1.5rem }
  header span { font-size: 1rem; font-weight: 400 }
  main { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem }
  h1 { font-size: 1.5rem; margin: 0 0 1.25rem }
  h2 { font-size: 1.125rem; margin: 0 0 .5rem }
  section { background: #fff; border: 1px solid #d3d7db; border-radius: .75rem; margin: 0 0 1.5rem;
    padding: 1rem 1.25rem }
  .what { background: #fdeeee; border: 2px solid #a90000 }
  .what h2 { color: #a90000 }
  .what p, ul { margin: 0 }
  .next h2 { border-inline-start: 4px solid #174e77; padding-inline-start: .75rem }
  li { margin: .5rem 0 }
  dl { display: grid; gap: .25rem 1.5rem; grid-template-columns: max-content 1fr; margin: 0;
    font-variant-numeric: tabular-nums }
  dt { color: #4d4d4d; font-weight: 700 }
  dd { margin: 0; overflow-wrap: anywhere }
  a { background: #174e77; border-radius: .5rem; color: #fff; display: inline-block; font-weight: 700;
    padding: .7rem 1.5rem; text-decoration: none }
  a:hover { background: #143c5c }
  a:focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d }
  @media (max-width: 30rem) {
    dl { grid-template-columns: 1fr }
    dd:not(:last-child) { margin-bottom: .5rem }
  }
  @media print { a { display: none } }
`

export interface Pages {
  readonly headers: Readonly<Record<string, string>>
  html(page: Page): string
}

export function entryPages(given: {
  readonly publicOrigin: string
  readonly bankNames: BankNames
}): Pages {
  const { publicOrigin, bankNames } = given
  const styleHash = createHash('sha256').update(style).digest('base64')
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return {
    // Of the counter's origin: without https there, Strict-Transport-Security would close it.
    headers: { ...securityHeaders(publicOrigin), 'content-security-policy': policy },
    html: (page) => htmlOf(page, { bank: bankNames[page.language], publicOrigin }),
  }
}

function htmlOf(
  { name, language, inquiryNumber, certificate }: Page,
  { bank, publicOrigin }: { readonly bank: string; readonly publicOrigin: string },
): string {
  const words = { ja, en }[language]
  const { happened, ways }: PageWords = words.pages[name]
  const facts = [
    ...(certificate
      ? [
          [words.loginId, certificate.loginId],
          [words.validUntil, momentInJapan(certificate.notAfter)],
          [words.serialNumber, certificate.serialNumber],
        ]
      : []),
    [words.inquiryNumber, inquiryNumber],
  ] as const
  const row = ([label, value]: readonly (string | undefined)[]) =>
    `<dt>${escaped(label ?? '')}</dt><dd>${escaped(value ?? '')}</dd>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)} | ${escaped(bank)}</title>
<style>${style}</style>
</head>
<body>
<header>${escaped(bank)}<span>${escaped(words.service)}</span></header>
<main>
<h1>${escaped(words.title)}</h1>
<section class="what"><h2>${escaped(words.whatHappened)}</h2><p>${escaped(happened)}</p></section>
<section class="next"><h2>${escaped(words.whatToDo)}</h2>
<ul>${ways.map((way) => `<li>${escaped(way)}</li>`).join('')}</ul></section>
<section><dl>${facts.map(row).join('')}</dl></section>
<p><a href="${escaped(publicOrigin)}/login">${escaped(words.toLogin)}</a></p>
<p>${escaped(words.warning)}</p>
</main>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!)
}
