/** Writes a PSKC key container, as a maker of tokens does: for the demo and for tests. */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { blockBytes, ciphers, hmacSha256, namespaces } from './pskc-algorithms.ts'
import type { PskcToken } from './pskc.ts'

const macKeyBytes = 32

/** @param preSharedKey 16 or 32 bytes: AES-128-CBC or AES-256-CBC. @throws for any other length */
export function writePskc(tokens: readonly PskcToken[], preSharedKey: Uint8Array): Uint8Array {
  const macKey = randomBytes(macKeyBytes)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<pskc:KeyContainer Version="1.0" xmlns:pskc="${namespaces.pskc}" xmlns:xenc="${namespaces.xenc}" xmlns:ds="${namespaces.ds}">`,
    '  <pskc:EncryptionKey>',
    '    <ds:KeyName>Pre-shared-key</ds:KeyName>',
    '  </pskc:EncryptionKey>',
    `  <pskc:MACMethod Algorithm="${hmacSha256}">`,
    `    <pskc:MACKey>${encrypted(macKey, preSharedKey).xml}</pskc:MACKey>`,
    '  </pskc:MACMethod>',
    ...tokens.flatMap((token) => keyPackage(token, preSharedKey, macKey)),
    '</pskc:KeyContainer>',
  ]
  macKey.fill(0)
  return Buffer.from(`${lines.join('\n')}\n`)
}

function keyPackage(token: PskcToken, preSharedKey: Uint8Array, macKey: Uint8Array): string[] {
  const { serial, factoryKey, manufacturer, model } = token
  const { xml, value } = encrypted(factoryKey, preSharedKey)
  const mac = createHmac('sha256', macKey).update(value).digest('base64')
  return [
    '  <pskc:KeyPackage>',
    '    <pskc:DeviceInfo>',
    ...(manufacturer
      ? [`      <pskc:Manufacturer>${escaped(manufacturer)}</pskc:Manufacturer>`]
      : []),
    `      <pskc:SerialNo>${escaped(serial)}</pskc:SerialNo>`,
    ...(model ? [`      <pskc:Model>${escaped(model)}</pskc:Model>`] : []),
    '    </pskc:DeviceInfo>',
    `    <pskc:Key Id="${escaped(serial)}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:ocra">`,
    '      <pskc:Data>',
    '        <pskc:Secret>',
    `          <pskc:EncryptedValue>${xml}</pskc:EncryptedValue>`,
    `          <pskc:ValueMAC>${mac}</pskc:ValueMAC>`,
    '        </pskc:Secret>',
    '      </pskc:Data>',
    '    </pskc:Key>',
    '  </pskc:KeyPackage>',
  ]
}

function encrypted(plain: Uint8Array, key: Uint8Array) {
  const found = [...ciphers].find(([, { keyBytes }]) => keyBytes === key.length)
  if (found === undefined) throw new Error('a pre-shared key has 16 or 32 bytes')
  const [algorithm, { node }] = found
  const vector = randomBytes(blockBytes)
  const cipher = createCipheriv(node, key, vector)
  const value = Buffer.concat([vector, cipher.update(plain), cipher.final()])
  const data = `<xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue>`
  const method = `<xenc:EncryptionMethod Algorithm="${algorithm}"/>`
  return { value, xml: `${method}<xenc:CipherData>${data}</xenc:CipherData>` }
}

function escaped(text: string): string {
  const words: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }
  return text.replace(/[<>&]/g, (sign) => words[sign]!).replaceAll('"', '&quot;')
}
