/** The interface as a page to read: made from the OpenAPI document, without any script. */
import type { FastifyInstance } from 'fastify'
import { policyOfData } from './security-headers.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: unknown }[]
  readonly requestBody?: { content: Record<string, { schema: unknown }> }
  readonly responses: Record<
    string,
    { description: string; content?: Record<string, { schema: unknown }> }
  >
}

export function addApiReference(app: FastifyInstance): void {
  let page: string | null = null
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
  app.get('/api-reference', async (_request, reply) => {
    page ??= pageOf(app.swagger() as never)
    const policy = `${policyOfData}; style-src 'self'; require-trusted-types-for 'script'`
    return reply
      .header('content-security-policy', policy)
      .type('text/html; charset=utf-8')
      .send(page)
  })
  app.get('/api-reference.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  )
  // Where the `type` of a problem points.
  app.get<{ Params: { code: string } }>('/problems/:code', async ({ params }, reply) =>
    // A text fragment: the browser scrolls to the first mention of the code.
    reply.redirect(`/api-reference#:~:text=${encodeURIComponent(params.code.toWellFormed())}`, 303),
  )
}

function pageOf(document: {
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}): string {
  const { info, paths, components } = document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const contents = operations.map(
    ({ path, method, operation }) =>
      `<li><a href="#${escaped(operation.operationId)}"><code>${method.toUpperCase()} ` +
      `${escaped(path)}</code></a> ${escaped(operation.summary)}</li>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} interface</title>
<link rel="stylesheet" href="/api-reference.css"></head>
<body><main>
<h1>${escaped(info.title)} interface ${escaped(info.version)}</h1>
<p>${inCode(info.description)}</p>
<p>For programs: <a href="/openapi.json">openapi.json</a></p>
<nav aria-label="Calls"><ul>${contents.join('\n')}</ul></nav>
${operations.map(section).join('\n')}
<h2>Shared shapes</h2>
${Object.entries(components.schemas)
  .map(([name, schema]) => `<h3>${escaped(name)}</h3>${shape(schema)}`)
  .join('\n')}
</main></body></html>`
}

function section(entry: { path: string; method: string; operation: Operation }): string {
  const { path, method, operation } = entry
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const fields = parameters.map(
    (field) =>
      `<tr><td><code>${escaped(field.name)}</code></td><td>${escaped(field.in)}</td>` +
      `<td>${field.required ? 'required' : ''}</td><td>${shape(field.schema)}</td></tr>`,
  )
  const answers = Object.entries(responses).map(
    ([status, { description: words, content = {} }]) => {
      const [[media, { schema }] = ['', { schema: null }]] = Object.entries(content)
      const shown = media === 'application/json' ? shape(schema) : escaped(media)
      return `<tr><td>${escaped(status)}</td><td>${inCode(words)}</td><td>${shown}</td></tr>`
    },
  )
  const body = requestBody?.content['application/json']?.schema
  return `<section id="${escaped(operationId)}">
<h2><code>${method.toUpperCase()} ${escaped(path)}</code></h2>
<p><strong>${escaped(operationId)}</strong>: ${escaped(summary)}</p>
<p>${escaped(description)}</p>
${fields.length > 0 ? table(['Field', 'In', '', 'Form'], fields) : ''}
${body ? `<h3>Body</h3>${shape(body)}` : ''}
${table(['Status', 'Meaning', 'Form'], answers)}
</section>`
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function shape(schema: unknown): string {
  return `<pre>${escaped(JSON.stringify(schema, null, 2))}</pre>`
}

function inCode(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter]!)
}

const style = `
body { font: 16px/1.7 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
section { border-top: 1px solid #949494; margin-top: 2rem }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem }
pre { background: #f2f2f2; padding: .5rem; overflow: auto; max-height: 24rem; margin: 0 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top }
a { color: #0017c1 }
a:focus-visible { outline: 4px solid #000; background: #ffd43d }
`
