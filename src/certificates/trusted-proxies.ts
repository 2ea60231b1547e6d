/** 信頼するプロキシ — whose headers are believed, and the client's address as they tell it. */
import { BlockList, isIP } from 'node:net'

export interface TrustedProxies {
  includes(address: string): boolean
  /** The last address of the way that is none of ours; what stands before it may be invented. */
  clientOf(peer: string, forwardedFor: string | undefined): string
}

/** @param list addresses and networks, checked by config.ts */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const known = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) known.addAddress(address, family)
    else known.addSubnet(address, Number(bits), family)
  }
  const includes = (given: string) => {
    const address = plain(given)
    const version = isIP(address)
    return version !== 0 && known.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
  return {
    includes,
    clientOf: (peer, forwardedFor = '') => {
      const hops = forwardedFor.split(',').map((hop) => hop.trim())
      const way = [...hops.filter((hop) => hop !== ''), peer]
      return plain(way.findLast((hop) => !includes(hop)) ?? way[0]!)
    },
  }
}

/** `::ffff:192.0.2.1`, as a listener for both families tells an IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
