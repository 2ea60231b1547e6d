/** The one inline style that the screens' policy lets pass is the one that react-aria injects. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import {
  deviceScreens,
  policyOfScreens,
  reactAriaStyleHash,
  securityHeaders,
} from './security-headers.ts'

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

test('the device runs WebAssembly and its own service worker, and nothing else more', async () => {
  const { policy } = deviceScreens
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*/)
  const register = new URL('../../apps/device/offline.ts', import.meta.url)
  const name = /createPolicy\('([^']+)'/.exec(await readFile(register, 'utf8'))?.[1]
  expect(policy.split('; ')).toContain(`trusted-types ${name}`)
})

test('camera and shared windows are for the device alone', () => {
  const permissions = (features: readonly string[]) =>
    securityHeaders('http://localhost:8080', { features })['permissions-policy']!.split(', ')
  expect(permissions([])).toEqual(expect.arrayContaining(['camera=()', 'display-capture=()']))
  expect(permissions(deviceScreens.features)).toEqual(
    expect.arrayContaining(['camera=(self)', 'display-capture=(self)', 'microphone=()']),
  )
})

test('HSTS only makes sense over https', () => {
  expect(securityHeaders('http://localhost:8080')).not.toHaveProperty('strict-transport-security')
  expect(securityHeaders('https://ib.example')).toHaveProperty('strict-transport-security')
})
