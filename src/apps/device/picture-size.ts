/** The sizes of a picture in which a 2D code is looked for: small is quick, large finds more. */

export interface Size {
  readonly width: number
  readonly height: number
}

/** The same shape, with no side longer than that; never larger than it was. */
export function fitted({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

/** A screen of 1280 px is read as it is; a photograph first smaller, then as large as is wise. */
export function sizesToTry(size: Size): readonly Size[] {
  const [small, large] = [fitted(size, 1600), fitted(size, 4096)]
  return small.width === large.width && small.height === large.height ? [large] : [small, large]
}
