/** Reads the repository for tidy.test.ts: its files, and who imports whom. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, resolve, sep } from 'node:path'

const house = resolve(import.meta.dirname, '..')
const notOurs = new Set([
  'node_modules',
  'data',
  'dist',
  'coverage',
  'test-results',
  '.cache',
  '.git',
])

/** Every file of the repository, as `src/kit/yen.ts`. */
export const files: readonly string[] = walk(house)

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    return entry.isFile() ? [relative(house, path).split(sep).join('/')] : []
  })
}

const texts = new Map<string, string>()
export function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(house, file), 'utf8')
  texts.set(file, text)
  return text
}

export function exists(path: string): boolean {
  return existsSync(join(house, path))
}

export const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file))
export const sources = code.filter((file) => file.startsWith('src/') && !isTest(file))

/** Tests, and what only tests use: fixtures, and the suites that adapters of a port pass. */
export function isTest(file: string): boolean {
  return /\.(test|fixture|contract)\.tsx?$/.test(file) || file.startsWith('test/')
}

export interface Import {
  readonly from: string
  readonly to: string // a path of ours, or a package's name
  readonly isOurs: boolean
}

export const imports: readonly Import[] = sources.flatMap((from) => {
  const found = withoutComments(textOf(from)).matchAll(
    /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g,
  )
  return [...found].map(([, , specifier]) => resolved(from, specifier!))
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;])\/\/.*$/gm, '')
}

function resolved(from: string, specifier: string): Import {
  if (specifier.startsWith('#')) return { from, to: `src/${specifier.slice(1)}`, isOurs: true }
  if (!specifier.startsWith('.')) return { from, to: specifier, isOurs: false }
  const to = normalize(join(dirname(from), specifier))
    .split(sep)
    .join('/')
  return { from, to, isOurs: true }
}

/** `src/outside/clock/port.ts` -> outside */
export function room(path: string): string {
  return path.split('/')[1]!
}

const notCapabilities = ['kit', 'platform', 'outside', 'ui', 'apps', 'demo', 'ledger']

/** The rooms that are words of the bank's menu. */
export const capabilities: readonly string[] = [
  ...new Set(sources.filter((file) => file.split('/').length > 2).map(room)),
].filter((name) => !notCapabilities.includes(name))

export function isCapability(path: string): boolean {
  return capabilities.includes(room(path))
}

/** Lines as the test prints them: `src/a.ts → src/b.ts`. */
export function listed(found: readonly Import[]): readonly string[] {
  return found.map(({ from, to }) => `${from} → ${to}`)
}

/** Rows of the glossary: the code, without its backticks, and the rest. */
export const glossary: readonly { code: string; japanese: string; meaning: string }[] = textOf(
  'docs/glossary.md',
)
  .split('\n')
  .map((line) => /^\|\s*`([^`]+)`\s*\|([^|]*)\|([^|]*)\|/.exec(line))
  .filter((row) => row !== null)
  .map(([, word, japanese, meaning]) => ({
    code: word!,
    japanese: japanese!.trim(),
    meaning: meaning!.trim(),
  }))
