/**
 * The screens' files — held in memory, so an address is only ever looked up, never opened.
 *
 * Files under /assets/ carry a hash in their name and never change. Every other address of a
 * browser gets index.html, whose router shows the screen.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { policyOfScreens, type ScreenPermissions } from './security-headers.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const worthPacking = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/

interface Leaf {
  readonly mediaType: string
  readonly etag: string
  readonly plain: Buffer
  packed: { br?: Promise<Buffer>; gzip?: Promise<Buffer> }
}
type Leaves = ReadonlyMap<string, Leaf>

export interface Screens {
  /** Sends a file or the page; false when the address is none of the screens'. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
}

/** What the screens show of the bank; written into the page, so that no call has to ask for it. */
export interface BankFace {
  readonly name: string
  readonly englishName: string
  /** Institutions for which a simulator stands in, e.g. `core-banking` (design §5.11). */
  readonly simulators: readonly string[]
}

export interface ScreenNeeds {
  readonly webRoot: string | null
  readonly face: BankFace
  readonly screens?: ScreenPermissions
}

export async function loadScreens(
  { webRoot, face, screens }: ScreenNeeds,
  app: FastifyInstance,
): Promise<Screens> {
  const policy = screens?.policy ?? policyOfScreens
  const leaves = webRoot === null ? null : await readLeaves(webRoot, face)
  if (!leaves?.has('/index.html')) {
    app.log.warn('the screens are not built: only the interface is served')
    return { answer: async () => false }
  }
  return {
    async answer(request, reply) {
      const { method = '', headers } = request.raw
      if (method !== 'GET' && method !== 'HEAD') return false
      const path = request.url.split('?', 1)[0]!
      if (path.startsWith('/api/')) return false
      const leaf = path === '/index.html' ? undefined : leaves.get(path)
      // The address we print answers whoever asks; of the others only a browser wants the page.
      const isPage = path === '/' || (headers.accept?.includes('text/html') ?? false)
      if (!leaf && (!isPage || path.startsWith('/assets/'))) return false
      // A service worker obeys the policy of its own file, not of the page.
      const isWorker = path === '/sw.js'
      if (!leaf || isWorker) reply.header('content-security-policy', policy)
      await send(request, reply, leaf ?? leaves.get('/index.html')!, path.startsWith('/assets/'))
      return true
    },
  }
}

/** A reply is never returned from here: being thenable, it would be waited for. */
async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  leaf: Leaf,
  unchanging: boolean,
): Promise<void> {
  const isPage = leaf.mediaType.startsWith('text/html')
  reply
    .code(200)
    .header('content-type', leaf.mediaType)
    .header('vary', 'accept-encoding')
    .header('etag', leaf.etag)
    .header('cache-control', caching(unchanging, isPage))
  if (request.headers['if-none-match'] === leaf.etag && !isPage) return void reply.code(304).send()
  const accepted = request.headers['accept-encoding'] ?? ''
  if (worthPacking.test(leaf.mediaType) && leaf.plain.length > 1_000) {
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
    if (encoding) {
      leaf.packed[encoding] ??= pack[encoding](leaf.plain)
      const packed = await leaf.packed[encoding]
      return void reply.header('content-encoding', encoding).send(packed)
    }
  }
  reply.send(leaf.plain)
}

function caching(unchanging: boolean, isPage: boolean): string {
  if (isPage) return 'no-store'
  return unchanging ? 'public, max-age=31536000, immutable' : 'no-cache'
}

/** Once per file and process, when it is first asked for and no packed file was built. */
const pack = {
  br: (plain: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (plain: Buffer): Promise<Buffer> => promisify(gzip)(plain, { level: 9 }),
}

async function readLeaves(webRoot: string, face: BankFace): Promise<Leaves | null> {
  const entries = await readdir(webRoot, { recursive: true, withFileTypes: true }).catch(() => null)
  if (!entries) return null
  const contents = new Map<string, Buffer>()
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(join(webRoot).replace(/\/$/, '').length).replaceAll('\\', '/')
    // oxlint-disable-next-line no-await-in-loop -- a start reads a few dozen small files
    contents.set(path, await readFile(file))
  }
  const page = contents.get('/index.html')
  if (page) contents.set('/index.html', withFace(page, face))
  const leaves = new Map<string, Leaf>()
  for (const [path, plain] of contents) {
    if (/\.(br|gz)$/.test(path)) continue
    // The packed page was built before the bank was named.
    const packedBefore = (end: string) =>
      path === '/index.html' ? undefined : contents.get(path + end)
    const [br, gz] = [packedBefore('.br'), packedBefore('.gz')]
    leaves.set(path, {
      mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      packed: { ...(br && { br: Promise.resolve(br) }), ...(gz && { gzip: Promise.resolve(gz) }) },
    })
  }
  return leaves
}

/** Fills in `<meta name="bank">` and the title of the built page. */
function withFace(page: Buffer, { name, englishName, simulators }: BankFace): Buffer {
  const meta =
    `<meta name="bank" content="${escaped(name)}" data-en="${escaped(englishName)}"` +
    ` data-simulators="${escaped(simulators.join(' '))}" />`
  const text = page
    .toString()
    .replace(/<meta\s+name="bank"[^>]*>/, () => meta)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(name)}</title>`)
  return Buffer.from(text)
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' }
  return text.replaceAll(/[&<"]/g, (sign) => entities[sign]!)
}
