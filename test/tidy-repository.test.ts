/** House rules on what may stand in the repository: documents, links, names, the lock file. */
import { describe, expect, test } from 'vitest'
import { missingFrom, type Locked } from '../scripts/complete-lock.ts'
import { code, exists, files, isTest, textOf } from './tidy-source.ts'

describe('the repository', () => {
  const texts = files.filter((file) => !/\.(png|dat|zengin|pdf|ttf|woff2)$/.test(file))

  test('a link in a document leads somewhere', () => {
    const found = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => {
        const links = [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
        return links.filter(([, link]) => !exists(folder + link)).map(([, to]) => `${file} → ${to}`)
      })
    expect(found).toEqual([])
  })

  test('every decision stands in the list of decisions', () => {
    const list = textOf('docs/decisions/README.md')
    const pages = files.filter((file) => /^docs\/decisions\/\d/.test(file))
    expect(pages.filter((file) => !list.includes(file.split('/').at(-1)!))).toEqual([])
  })

  test('every document is reached from another one', () => {
    const all = files.filter((file) => file.endsWith('.md')).map((file) => [file, textOf(file)])
    const found = files
      .filter((file) => /^docs\/.*\.(md|csv)$/.test(file) && !file.startsWith('docs/decisions/0'))
      .filter((file) => {
        const name = file.split('/').at(-1)!
        return !all.some(([other, text]) => other !== file && text!.includes(name))
      })
    expect(found).toEqual([])
  })

  test('every row of docs/asvs.csv names a test that exists', () => {
    const tests = code.filter(isTest).map(textOf).join('\n')
    const rows = textOf('docs/asvs.csv').trim().split('\n').slice(1)
    const names = rows.map((row) => /(?:^|,)(?:"([^"]+)"|([^",]+))$/.exec(row))
    expect(names.length).toBeGreaterThan(10)
    const lost = names.map((name) => name?.[1] ?? name?.[2] ?? '?')
    expect(lost.filter((name) => !tests.includes(`'${name}'`))).toEqual([])
  })

  test('no machine and no registry is named', () => {
    const paths = /(?<!\w)\/(?:work|root|home)\/[a-z]|\bregistry\.[a-z]+\.|"resolved":/
    const found = texts.filter((file) => !file.startsWith('test/tidy') && paths.test(textOf(file)))
    expect(found).toEqual([])
  })

  test('the lock file names all that its packages ask for', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, Locked>
    }
    expect(Object.keys(packages).length).toBeGreaterThan(100)
    expect(Object.keys(missingFrom(packages))).toEqual([]) // else: node scripts/complete-lock.ts
  })

  test('no test is left out or alone', () => {
    const found = code.filter(
      (file) => isTest(file) && /\b(test|describe|it)\.(only|skip|todo)\(/.test(textOf(file)),
    )
    expect(found).toEqual([])
  })
})
