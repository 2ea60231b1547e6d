/** A PDF is laid out in a worker thread, carries Japanese text, and reads nothing from outside. */
import { expect, test } from 'vitest'
import type { PdfPaper } from './paper.ts'
import { renderPdf } from './render.ts'

const paper: PdfPaper = {
  title: '入出金明細',
  facts: [{ label: '口座', value: '本店営業部 普通 1234567' }],
  tables: [
    {
      columns: [
        { title: '勘定日', width: 22 },
        { title: '摘要', width: 'rest' },
        { title: '残高（円）', align: 'right', width: 30 },
      ],
      rows: [['2026/11/05', '髙﨑𠮷邉濵 <b>&"\'=1+1', '1,000,000']],
      sums: [['合計', '', '1,000,000']],
      whenEmpty: '該当する明細はありません。',
    },
  ],
  foot: 'まどぐち銀行',
  language: 'ja',
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(body))
}

test('a paper becomes a PDF with both fonts embedded as subsets', async () => {
  const pdf = await bytesOf(renderPdf(paper))

  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  expect(pdf.subarray(-6).toString('latin1')).toContain('%%EOF')
  expect(pdf.toString('latin1')).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansJP-(Regular|Thin)/)
  expect(pdf.length).toBeLessThan(200_000)
})

test('an empty table says so instead of failing', async () => {
  const empty = { ...paper, tables: [{ ...paper.tables[0]!, rows: [], sums: [] }] }
  expect((await bytesOf(renderPdf(empty))).length).toBeGreaterThan(1_000)
})

test('four papers at once wait for one another and all come out', async () => {
  const sizes = await Promise.all(
    [1, 2, 3, 4].map(async () => (await bytesOf(renderPdf(paper))).length),
  )
  expect(sizes.every((size) => size > 1_000)).toBe(true)
})

test('a reader who goes away leaves no worker behind', async () => {
  for await (const _piece of renderPdf(paper)) break
  expect((await bytesOf(renderPdf(paper))).length).toBeGreaterThan(1_000)
})
