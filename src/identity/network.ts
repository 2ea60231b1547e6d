/** Where and with what somebody comes: as coarse as an attacker or a customer can be told apart. */
import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that a wrong password is counted for: an IPv4 address, or the /64 of an IPv6
 * address, for one line of a customer is given that many. Anything else is one network.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return 'unknown'
  const [head = '', tail] = new URL(`http://[${plain}]/`).hostname.slice(1, -1).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}

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
