/** 二次元コード as one path: the dark modules of each row, joined where they touch. */
import { encodeQR } from 'qr'

/** Modules of white around the code, without which cameras do not find it (ISO/IEC 18004 §6.3.8). */
export const quietModules = 4

export interface CodeDrawing {
  /** Modules of one side, the quiet zone on both sides included: the drawing's own unit. */
  readonly side: number
  readonly path: string
}

/** Level M and border 4, as camera-token.md A4 wants it. */
export function drawCode(text: string): CodeDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules })
  return { side: rows.length, path: rows.map(rowPath).join('') }
}

function rowPath(modules: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < modules.length; x += 1) {
    if (!modules[x]) continue
    const start = x
    while (modules[x + 1]) x += 1
    path += `M${start} ${y}h${x + 1 - start}v1H${start}z`
  }
  return path
}
