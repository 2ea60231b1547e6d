/** With what somebody comes, as coarse as updates of a browser leave it. */
const browsers = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['safari', /\bSafari\//],
] as const
const systems = [
  ['windows', /Windows/],
  ['android', /Android/],
  ['ios', /iPhone|iPad/],
  ['macos', /Macintosh/],
  ['linux', /Linux/],
] as const

/** `chrome on windows`: stays the same over updates of the browser. */
export function browserOf(userAgent: string): string {
  const first = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other'
  return `${first(browsers)} on ${first(systems)}`
}
