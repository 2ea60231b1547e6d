import { decodeQR } from 'qr/decode.js'
import { expect, it } from 'vitest'
import { drawCode, quietModules } from './code-drawing.ts'

const act1 = 'CTP1:W629.45405/1XOF100MJKMJKMJKMJKMJKMJKE:26HA39QX+PCYUY1OE+2 S41/8:5LH64/DDNTU'
const tx =
  'CTP1:4I29.4X507H0KS0700-UK-UK-UK-UK-UK-UKBE1IK6+/T7G5FT4PLLDNU*/U-B4G60GMD6:K5*G$03+YR$4TW%KLDKJXAHJS+*2E%7UC27K3D07P5NP/C+1PKWA7*LXCFYAQM-1CEK0ZRTTLWY6BO8POB526 +HH-U53PJ4'

it.each([
  ['a code of the registration', act1],
  ['a code of a transfer', tx],
  ['the longest code of a transaction', `CTP1:${'9Z'.repeat(225)}`],
])('the path of %s is read back as its text', (_, text) => {
  const { side, path } = drawCode(text)
  expect(decodeQR(photographOf(side, path))).toBe(text)
})

it('a code of the registration and of a transfer stay small enough for six pixels a module', () => {
  expect(drawCode(act1).side).toBe(33 + 2 * quietModules) // version 4
  expect(drawCode(tx).side).toBe(45 + 2 * quietModules) // version 7
})

it('four modules around the code stay white', () => {
  const { side, path } = drawCode(act1)
  const xs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number))
  expect(Math.min(...xs.map(([x]) => x!))).toBe(quietModules)
  expect(Math.min(...xs.map(([, y]) => y!))).toBe(quietModules)
  expect(Math.max(...xs.map(([x, , wide]) => x! + wide!))).toBe(side - quietModules)
})

/** What a camera sees that is held still: four pixels a module. */
function photographOf(side: number, path: string) {
  const scale = 4
  const width = side * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x, y, wide] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const start = (row * width + Number(x) * scale) * 4
      for (let at = start; at < start + Number(wide) * scale * 4; at += 1) {
        if (at % 4 !== 3) data[at] = 0
      }
    }
  }
  return { width, height: width, data }
}
