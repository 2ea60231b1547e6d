/** The one inline style that the screens' policy lets pass is the one that react-aria injects. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { policyOfScreens, reactAriaStyleHash, securityHeaders } from './security-headers.ts'

test("react-aria's style still has the hash in the policy", async () => {
  const folder = new URL('../../../node_modules/react-aria/dist/private/', import.meta.url)
  const source = await readFile(new URL('interactions/usePress.mjs', folder), 'utf8')
  const template = /style\.textContent = `([^`]+)`\.trim\(\)/.exec(source)?.[1]
  const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1]
  const text = template!.replace(/\$\{[^}]+\}/, attribute!).trim()
  const hash = createHash('sha256').update(text).digest('base64')
  expect(`sha256-${hash}`).toBe(reactAriaStyleHash)
  expect(policyOfScreens).toContain(`'${reactAriaStyleHash}'`)
})

test('nothing is allowed to run inline, from elsewhere, or out of text', () => {
  expect(policyOfScreens).not.toMatch(/unsafe|https?:|\*/)
  expect(policyOfScreens).toContain("trusted-types 'none'")
})

test('HSTS only makes sense over https', () => {
  expect(securityHeaders('http://localhost:8080')).not.toHaveProperty('strict-transport-security')
  expect(securityHeaders('https://ib.example')).toHaveProperty('strict-transport-security')
})
