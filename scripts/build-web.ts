/**
 * Builds the screens when, and only when, something they are made of has changed: the customer's
 * counter and the device, each into its folder of dist/ and beside a stamp of its own.
 *
 * A stamp holds a digest of every input. Answers of this size are compressed here once instead of
 * by the listener each time.
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

/** What each program is made of, beside what both are. */
const apps = {
  company: {
    viteConfig: 'vite.config.ts',
    inputs: [
      'src/apps/company/**/*',
      'src/*/web/**/*',
      'src/*/contract*.ts',
      'src/*/messages.*.ts',
    ],
  },
  device: {
    viteConfig: 'vite.device.config.ts',
    inputs: ['src/apps/device/**/*', 'src/token/device/contract.ts'],
  },
} as const
type AppName = keyof typeof apps
const inputsOfBoth = ['scripts/build-web.ts', 'package-lock.json', 'src/ui/**/*', 'src/kit/**/*']

/** @returns true when something was built */
export async function buildWeb(): Promise<boolean> {
  const counterBuilt = await buildApp('company')
  const deviceBuilt = await buildApp('device')
  return counterBuilt || deviceBuilt
}

async function buildApp(name: AppName): Promise<boolean> {
  const stampFile = `${root}dist/${name}.stamp`
  const digest = digestOfInputs(name)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return false
  // Whoever asks, a test too, gets what customers get: React has a slower build for development.
  process.env['NODE_ENV'] = 'production'
  const { build } = await import('vite')
  await build({ configFile: root + apps[name].viteConfig, logLevel: 'warn' })
  moveManifest(name)
  compress(name)
  writeFileSync(stampFile, digest)
  return true
}

function digestOfInputs(name: AppName): string {
  const { viteConfig, inputs } = apps[name]
  const digest = createHash('sha256')
  for (const path of globSync([viteConfig, ...inputsOfBoth, ...inputs], { cwd: root }).sort()) {
    if (path.includes('.test.') || !statSync(root + path).isFile()) continue
    digest
      .update(`${path}\0`)
      .update(readFileSync(root + path))
      .update('\0')
  }
  return digest.digest('hex')
}

/** Vite's list of chunks is for us, not for whoever asks the listener. */
function moveManifest(name: AppName): void {
  const folder = `${root}dist/${name}/.vite`
  if (!existsSync(folder)) return
  renameSync(`${folder}/manifest.json`, `${root}dist/${name}.manifest.json`)
  rmSync(folder, { recursive: true })
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
    (file) => gzipSync(readFileSync(`${root}dist/company/${file}`), { level: 9 }).length,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** `x.js.br` and `x.js.gz` beside each text of more than one packet. */
function compress(name: AppName): void {
  const folder = `${root}dist/${name}`
  for (const path of globSync('**/*.{js,css,html,svg,json,wasm,webmanifest}', { cwd: folder })) {
    const file = `${folder}/${path}`
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
