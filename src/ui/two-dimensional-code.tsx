/**
 * 二次元コード — drawn as one path of whole modules, black on white on every background, and on
 * paper. `qr` comes along with the first screen that shows one.
 */
import { useMemo } from 'react'
import { drawCode, quietModules } from './code-drawing.ts'

export interface TwoDimensionalCodeProps {
  readonly text: string
  readonly label: string
}

/** Small codes are drawn larger, so that all of them fill the same place. */
const usualSide = 342
/** Fewer CSS pixels to a module than six are hard to read from a screen (camera-token.md A4). */
const moduleSideMin = 6

/**
 * Where a phone is narrower than the code, the quiet zone reaches over the edge of its card: what
 * is there is white or nearly so, and the modules keep their six pixels.
 */
export function TwoDimensionalCode({ text, label }: TwoDimensionalCodeProps) {
  const { side, path } = useMemo(() => drawCode(text), [text])
  const pixels = side * Math.max(Math.floor(usualSide / side), moduleSideMin)
  const paper = quietModules / 2
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width={pixels}
      height={pixels}
      shapeRendering="crispEdges"
      className="two-dimensional-code"
    >
      <rect x={paper} y={paper} width={side - 2 * paper} height={side - 2 * paper} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
