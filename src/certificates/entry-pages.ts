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

const style = `
  :root { font-family: "Noto Sans JP", system-ui, sans-serif; line-height: 1.7; color: #1a1a1a; background: #fff }
  body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem }
  header { border-bottom: 2px solid #0017c1; font-weight: 700; padding-bottom: .5rem }
  h1 { font-size: 1.6rem; margin: 1.5rem 0 }
  h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem }
  .what { border: 2px solid #ec0000; border-radius: .5rem; padding: 0 1rem 1rem }
  .what h2 { color: #a30000 }
  li { margin: .5rem 0 }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1.5rem 0 }
  dt { color: #4d4d4d }
  dd { margin: 0; overflow-wrap: anywhere }
  a { display: inline-block; padding: .75rem 1.5rem; border: 2px solid #0017c1; border-radius: .5rem;
    background: #0017c1; color: #fff; font-weight: 700; text-decoration: none }
  a:focus-visible { outline: 4px solid #000; outline-offset: 2px; background: #ffd43d; color: #1a1a1a }
  @media print { a { color: #000; background: #fff } }
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
<header>${escaped(bank)}</header>
<main>
<h1>${escaped(words.title)}</h1>
<section class="what"><h2>${escaped(words.whatHappened)}</h2>${escaped(happened)}</section>
<h2>${escaped(words.whatToDo)}</h2>
<ul>${ways.map((way) => `<li>${escaped(way)}</li>`).join('')}</ul>
<dl>${facts.map(row).join('')}</dl>
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
