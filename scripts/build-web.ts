/**
 * Builds the screens when, and only when, something they are made of has changed.
 *
 * The stamp in dist/ holds a digest of every input. Answers of this size are compressed here once
 * instead of by the listener each time.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const outFolder = `${root}dist/company`
const stampFile = `${root}dist/company.stamp`

const inputs = [
  'vite.config.ts',
  'scripts/build-web.ts',
  'package-lock.json',
  'src/apps/**/*',
  'src/ui/**/*',
  'src/kit/**/*',
  'src/*/web/**/*',
  'src/*/contract.ts',
  'src/*/messages.*.ts',
]

/** @returns true when something was built */
export async function buildWeb(): Promise<boolean> {
  const digest = digestOfInputs()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return false
  // Whoever asks, a test too, gets what customers get: React has a slower build for development.
  process.env['NODE_ENV'] = 'production'
  const { build } = await import('vite')
  await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn' })
  renameSync(`${outFolder}/.vite/manifest.json`, `${root}dist/company.manifest.json`)
  rmSync(`${outFolder}/.vite`, { recursive: true })
  compress()
  writeFileSync(stampFile, digest)
  return true
}

function digestOfInputs(): string {
  const digest = createHash('sha256')
  for (const path of globSync(inputs, { cwd: root }).sort()) {
    if (path.includes('.test.') || !statSync(root + path).isFile()) continue
    digest
      .update(`${path}\0`)
      .update(readFileSync(root + path))
      .update('\0')
  }
  return digest.digest('hex')
}

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** What the browser fetches for the login page: scripts and styles, as gzip carries them. */
export function loginPageBytes(): number {
  const chunks = JSON.parse(readFileSync(`${root}dist/company.manifest.json`, 'utf8')) as Readonly<
    Record<string, Chunk>
  >
  const files = new Set<string>()
  const visit = (name: string): void => {
    const { file, imports = [], css = [] } = chunks[name]!
    if (files.has(file)) return
    files.add(file)
    for (const sheet of css) files.add(sheet)
    imports.forEach(visit)
  }
  Object.keys(chunks)
    .filter((name) => name === 'index.html' || name.endsWith('identity/web/login.tsx'))
    .forEach(visit)
  const sizes = [...files].map(
    (file) => gzipSync(readFileSync(`${outFolder}/${file}`), { level: 9 }).length,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** `x.js.br` and `x.js.gz` beside each text of more than one packet. */
function compress(): void {
  for (const path of globSync('**/*.{js,css,html,svg,json}', { cwd: outFolder })) {
    const file = `${outFolder}/${path}`
    const bytes = readFileSync(file)
    if (bytes.length < 1400) continue
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, quality))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

if (import.meta.main) {
  const done = (await buildWeb()) ? 'built' : 'up to date'
  process.stdout.write(`screens: ${done}; login page ${loginPageBytes()} bytes as gzip\n`)
}
