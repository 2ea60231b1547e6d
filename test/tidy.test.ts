/**
 * House rules (docs/style.md) that a machine can check: doors, arrows, sizes, words, and what may
 * not stand in the repository.
 */
import { describe, expect, test } from 'vitest'
import { operations } from '#kit/operations.ts'
import { rights } from '#kit/rights.ts'
import {
  capabilities,
  code,
  exists,
  files,
  glossary,
  imports,
  isCapability,
  isTest,
  listed,
  room,
  sources,
  textOf,
  type Import,
} from './tidy-source.ts'

const ours = imports.filter(({ isOurs }) => isOurs)
const crossing = ours.filter(({ from, to }) => room(from) !== room(to))
const isPort = (path: string) => /^src\/outside\/[^/]+\/port\.ts$/.test(path)
const isWeb = (path: string) => /^src\/[^/]+\/web\//.test(path)
const isShared = (path: string) =>
  /^src\/(?!platform\/)(.+\/)?(contract(-[a-z]+)?|messages(\.[a-z-]+)+)\.ts$/.test(path)
/** main.ts and the files that it is made of: they see every door. */
const isRoot = (path: string) => /^src\/[^/]+\.ts$/.test(path)
const isDoor = (path: string) => /^src\/[^/]+\/index\.ts$/.test(path)

test('the imports were found at all', () => {
  expect(ours.length).toBeGreaterThan(100)
  expect(crossing.length).toBeGreaterThan(50)
  expect(capabilities).toContain('identity')
})

test('every import of ours leads to a file', () => {
  const dead = ours.filter(({ to }) => !exists(to.replace(/\?.*$/, '')))
  expect(listed(dead)).toEqual([])
})

describe('doors', () => {
  test('a capability is entered by its index.ts', () => {
    const found = crossing.filter(
      ({ from, to }) =>
        (isCapability(to) || room(to) === 'ledger') &&
        !isDoor(to) &&
        // The screens' program mounts screens and speaks their contracts.
        !(room(from) === 'apps' && (isWeb(to) || isShared(to))),
    )
    expect(listed(found)).toEqual([])
  })

  test('an institution is asked through its port; main.ts alone chooses the adapter', () => {
    const found = crossing.filter(
      ({ from, to }) => room(to) === 'outside' && !isPort(to) && from !== 'src/main.ts',
    )
    expect(listed(found)).toEqual([])
  })

  test('only doors re-export, and a file its own parts', () => {
    const found = sources.filter((file) => {
      if (/(^|\/)index\.ts$/.test(file)) return false
      const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.tsx?$/, '')
      const from = textOf(file).matchAll(/^export\b[^'"=]*\bfrom\s+['"]([^'"]+)/gm)
      return [...from].some(([, path]) => !path!.startsWith(`./${stem}-`))
    })
    expect(found).toEqual([])
  })

  test('nothing is exported by `export *` or as default', () => {
    const found = code.filter(
      (file) =>
        /^export (\*|default)/m.test(textOf(file)) &&
        !/\.(config|d)\.ts$|^test\/postgres-/.test(file), // the tools ask for a default there
    )
    expect(found).toEqual([])
  })
})

describe('arrows', () => {
  const foundations = [
    'administration',
    'bank-directory',
    'certificates',
    'fees',
    'identity',
    'notices',
    'operation-history',
    'payees',
    'token',
  ]
  const orders = ['balance-inquiry', 'transfers', 'bulk-orders', 'tax-payments', 'densai', 'fx']
  const above = ['home', 'bank-desk']

  /** Which rooms a room may see, beside itself. */
  const sees: Readonly<Record<string, readonly string[]>> = {
    kit: [],
    platform: ['kit', 'outside'],
    ui: ['kit'],
    outside: ['kit', 'platform', 'ledger'],
    ledger: ['kit', 'platform', 'outside'],
    ...fromEach(foundations, foundations),
    approvals: ['kit', 'platform', 'outside', ...foundations],
    ...fromEach(orders, [...foundations, 'approvals']),
    ...fromEach(above, [...foundations, 'approvals', ...orders]),
    demo: ['kit', 'platform', 'outside', ...capabilities],
    apps: ['kit', 'ui', ...capabilities],
  }

  function fromEach(rooms: readonly string[], doors: readonly string[]) {
    return Object.fromEntries(rooms.map((name) => [name, ['kit', 'platform', 'outside', ...doors]]))
  }

  test('every room has its place in the picture', () => {
    const rooms = new Set(sources.filter((file) => file.split('/').length > 2).map(room))
    expect([...rooms].filter((name) => !(name in sees))).toEqual([])
  })

  test('a room sees only the rooms below it', () => {
    const found = crossing.filter(
      ({ from, to }) => !isRoot(from) && !isWeb(from) && !sees[room(from)]?.includes(room(to)),
    )
    expect(listed(found)).toEqual([])
  })

  test('only the core banking adapter knows the ledger', () => {
    const found = crossing.filter(
      ({ from, to }) =>
        room(to) === 'ledger' &&
        !from.startsWith('src/outside/core-banking/') &&
        from !== 'src/main.ts',
    )
    expect(listed(found)).toEqual([])
  })

  test('a port knows the kit only', () => {
    expect(listed(crossing.filter(({ from, to }) => isPort(from) && room(to) !== 'kit'))).toEqual(
      [],
    )
  })

  test('the kit does no input or output', () => {
    const found = imports.filter(
      ({ from, to, isOurs }) => room(from) === 'kit' && !isOurs && to !== 'zod/mini',
    )
    expect(listed(found)).toEqual([])
  })

  test('a screen sees its own contract and messages, the kit and the design system', () => {
    const seen = ({ from, to }: Import) =>
      ['kit', 'ui'].includes(room(to)) ||
      (room(from) === room(to) && (isWeb(to) || isShared(to) || to.endsWith('.css')))
    expect(listed(ours.filter((one) => isWeb(one.from) && !seen(one)))).toEqual([])
  })

  test('contracts and messages see the kit and each other', () => {
    const found = ours.filter(
      ({ from, to }) =>
        isShared(from) &&
        room(from) !== 'apps' &&
        room(to) !== 'kit' &&
        !(room(from) === room(to) && isShared(to)),
    )
    expect(listed(found)).toEqual([])
  })
})

describe('SQL', () => {
  const speaksSql = (file: string) =>
    /\bsql(<[^`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(textOf(file))
  const maySpeak = /-store\.ts$|^src\/(ledger|outside|platform)\//

  test('stands in stores only', () => {
    expect(sources.filter((file) => speaksSql(file) && !maySpeak.test(file))).toEqual([])
  })

  test('asks only tables of its own capability', () => {
    const schemas = capabilities.map((name) => name.replaceAll('-', '_')).join('|')
    const table = new RegExp(
      `(?:\\b(?:from|join|into|update)\\s+|\\.(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\\(\\s*['"])(${schemas})\\.`,
      'g',
    )
    const found = sources.flatMap((file) =>
      [...textOf(file).matchAll(table)]
        .filter(([, schema]) => schema !== room(file).replaceAll('-', '_'))
        .map(([words]) => `${file}: ${words}`),
    )
    expect(found).toEqual([])
  })

  test('migrations are numbered without a gap', () => {
    const folders = Map.groupBy(
      files.filter((file) => /\/migrations\/[^/]+\.sql$/.test(file)),
      (file) => file.slice(0, file.lastIndexOf('/migrations/')),
    )
    expect(folders.size).toBeGreaterThan(5)
    for (const [name, list] of folders) {
      const numbers = list.map((file) => Number(/(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]))
      const wanted = numbers.map((_, at) => at + 1)
      expect({ [name]: numbers.toSorted((one, other) => one - other) }).toEqual({ [name]: wanted })
    }
  })
})

describe('sizes', () => {
  test('a file has at most 300 lines, a test with its tables 400', () => {
    const long = code.filter(
      (file) => textOf(file).trimEnd().split('\n').length > (isTest(file) ? 400 : 300),
    )
    expect(long).toEqual([])
  })

  test('a file opens with a doc comment', () => {
    const found = code.filter(
      (file) => !isTest(file) && !/^(#!.*\n)?(\/\/\/ .*\n)*\/\*\*/.test(textOf(file)),
    )
    expect(found).toEqual([])
  })

  test('every capability introduces itself on at most 40 lines', () => {
    const found = [...capabilities, 'ledger'].filter((name) => {
      const file = `src/${name}/README.md`
      return !exists(file) || textOf(file).trimEnd().split('\n').length > 40
    })
    expect(found).toEqual([])
  })
})

describe('glossary', () => {
  const words = glossary.map((row) => row.code)

  test('every capability, right and operation has its row', () => {
    const needed = [...capabilities, ...rights, ...Object.values(operations).flat()]
    expect(needed.filter((word) => !words.includes(word))).toEqual([])
  })

  test('every row is complete and stands once', () => {
    const incomplete = glossary.filter(({ japanese, meaning }) => !japanese || !meaning)
    expect(incomplete).toEqual([])
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })

  test('every row is a word of the code', () => {
    const text = files
      .filter((file) => /^src\/.*\.(tsx?|sql)$/.test(file))
      .map((file) => `${file}\n${textOf(file)}`)
      .join('\n')
      .toLowerCase()
    const spellings = (word: string) =>
      [word, word.replaceAll('-', ''), word.replaceAll('-', '_')].map((one) => one.toLowerCase())
    expect(words.filter((word) => !spellings(word).some((one) => text.includes(one)))).toEqual([])
  })
})
