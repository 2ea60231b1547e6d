/** Where a request came from: address, network, 操作端末, language and お問い合わせ番号. */
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { Language, Origin, Terminal } from '#kit/visitor.ts'

/** Crockford's letters: none that a clerk on the telephone mistakes for another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** お問い合わせ番号 such as `7K3M-9QX2-4DTA`, quoted in errors and in the log. */
export function newInquiryNumber(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(12))
  const text = Array.from(drawn, (byte) => letters[byte % 32]).join('')
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

export function originOf(request: {
  headers: IncomingHttpHeaders
  /** As the trusted hop tells it; nobody has checked its form yet. */
  claimedAddress: string
  socketAddress: string
  inquiryNumber: string
}): Origin {
  const { headers, claimedAddress, socketAddress, inquiryNumber } = request
  return {
    address: plainAddress(claimedAddress) ?? plainAddress(socketAddress) ?? '0.0.0.0',
    terminal: terminalOf(headers),
    userAgent: (headers['user-agent'] ?? '').slice(0, 300),
    inquiryNumber,
    language: languageOf(headers.cookie),
  }
}

/**
 * The buckets that an address is counted in. One customer of an IPv6 provider owns a /64, so
 * that is what an "address" means there.
 */
export function networksOf(address: string): { own: string; around: string } {
  if (isIP(address) === 6) {
    const groups = groupsOf(address)
    const around = groups.slice(0, 3).concat((groups[3] ?? '0000').slice(0, 2))
    return { own: `${groups.slice(0, 4).join(':')}/64`, around: `${around.join(':')}/56` }
  }
  return { own: address, around: `${address.split('.').slice(0, 3).join('.')}.0/24` }
}

/** The eight groups of an IPv6 address, written out. */
function groupsOf(address: string): readonly string[] {
  const [left = '', right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0'))
}

/** @returns null when the text is no address; an IPv4 one inside IPv6 is unwrapped */
function plainAddress(text: string): string | null {
  const [address = ''] = text.split('%') // fe80::1%eth0
  const unwrapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(unwrapped) === 0 ? null : unwrapped
}

function terminalOf(headers: IncomingHttpHeaders): Terminal {
  if (headers['sec-ch-ua-mobile'] === '?1') return 'smartphone'
  return /iPhone|Android.+Mobile|Mobile.+Firefox/.test(headers['user-agent'] ?? '')
    ? 'smartphone'
    : 'pc'
}

/** The choice of the screens' language switch; what a browser prefers is not asked. */
function languageOf(cookies: string | undefined): Language {
  return /(?:^|;\s*)language=en(?:;|$)/.test(cookies ?? '') ? 'en' : 'ja'
}

/** For what the operator does at the bank's own machine (npm run bank -- …). */
export function originOfCommandLine(): Origin {
  return {
    address: '127.0.0.1',
    terminal: 'pc',
    userAgent: 'command line of the bank',
    inquiryNumber: newInquiryNumber(),
    language: 'ja',
  }
}
