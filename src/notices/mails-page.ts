/**
 * デモのメール — a page on which the mails of the drop are read. Only for the demo: whoever reaches
 * the counter sees all of them. No script, and nothing of a mail becomes markup.
 */
import type { FastifyInstance } from 'fastify'
import { momentInJapan } from '#kit/japan-time.ts'
import type { Language } from '#kit/visitor.ts'
import type { Mail } from '#outside/mail/port.ts'
import { policyOfData } from '#platform/http/security-headers.ts'
import { en } from './messages.mail.en.ts'
import { ja } from './messages.mail.ja.ts'

export interface MailsPageNeeds {
  readonly drop: { newest(count: number): Promise<readonly Mail[]> }
}

const shown = 50
const policy = `${policyOfData}; style-src 'self'; require-trusted-types-for 'script'`

/** @returns what adds the page to a counter (`extra`) */
export function mailsPage({ drop }: MailsPageNeeds): (app: FastifyInstance) => void {
  return (app) => {
    app.get('/demo/mails', async (request, reply) => {
      const page = pageOf(await drop.newest(shown), request.origin.language)
      return reply
        .header('content-security-policy', policy)
        .type('text/html; charset=utf-8')
        .send(page)
    })
    app.get('/demo/mails.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(style),
    )
  }
}

function pageOf(mails: readonly Mail[], language: Language): string {
  const texts = { ja, en }[language].page
  const list = mails.map((mail, at) => entry(mail, at === 0)).join('\n')
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(texts.title)}</title>
<link rel="stylesheet" href="/demo/mails.css"></head>
<body><main>
<h1>${escaped(texts.title)}</h1>
<p>${escaped(texts.lead)}<br>${escaped(texts.wait)}</p>
${mails.length === 0 ? `<p>${escaped(texts.none)}</p>` : list}
</main></body></html>`
}

function entry({ at, to, subject, text }: Mail, open: boolean): string {
  return `<details${open ? ' open' : ''}>
<summary><span>${escaped(momentInJapan(at))}</span> <span>${escaped(to)}</span>
<strong>${escaped(subject)}</strong></summary>
<p>${escaped(text)}</p></details>`
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter]!)
}

const style = `
body { font: 16px/1.7 system-ui, sans-serif; color: #1a1a1a; background: #f8f8fb; margin: 0 }
main { max-width: 48rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.75rem; margin: 0 0 1rem }
details { background: #fff; border: 1px solid #949494; border-radius: .5rem; margin-top: .75rem }
summary { padding: .75rem 1rem; cursor: pointer; overflow-wrap: anywhere }
summary span { color: #4d4d4d; font-size: .875rem; margin-right: 1rem }
summary strong { display: block }
summary:focus-visible { outline: 4px solid #000; outline-offset: 2px; background: #ffd43d }
details p { border-top: 1px solid #ccc; margin: 0; padding: 1rem }
details p { white-space: pre-wrap; overflow-wrap: anywhere }
`
