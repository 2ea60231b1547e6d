import { expect, test } from 'vitest'
import { browserOf, networkOf } from './network.ts'

test.for([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::9', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', 'unknown'],
  ["1.2.3.4'; --", 'unknown'],
] as const)('%s is of network %s', ([address, network]) => {
  expect(networkOf(address)).toBe(network)
})

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
test.for([
  [`${windows} Chrome/156.0.0.0 Safari/537.36`, 'chrome on windows'],
  [`${windows} Chrome/157.0.0.0 Safari/537.36`, 'chrome on windows'],
  [`${windows} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'edge on windows'],
  ['curl/8', 'other on other'],
] as const)('%s is %s', ([agent, browser]) => expect(browserOf(agent)).toBe(browser))
