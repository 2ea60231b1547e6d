import { expect, test } from 'vitest'
import { browserOf } from './browser.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
test.for([
  [`${windows} Chrome/156.0.0.0 Safari/537.36`, 'chrome on windows'],
  [`${windows} Chrome/157.0.0.0 Safari/537.36`, 'chrome on windows'],
  [`${windows} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'edge on windows'],
  ['curl/8', 'other on other'],
] as const)('%s is %s', ([agent, browser]) => expect(browserOf(agent)).toBe(browser))
