/** What of PSKC (RFC 6030) is spoken here: namespaces, ciphers and MACs by the names of the W3C. */
export const namespaces = {
  pskc: 'urn:ietf:params:xml:ns:keyprov:pskc',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
} as const

export interface Cipher {
  readonly node: 'aes-128-cbc' | 'aes-256-cbc'
  readonly keyBytes: 16 | 32
}

export const ciphers: ReadonlyMap<string, Cipher> = new Map([
  [`${namespaces.xenc}aes128-cbc`, { node: 'aes-128-cbc', keyBytes: 16 }],
  [`${namespaces.xenc}aes256-cbc`, { node: 'aes-256-cbc', keyBytes: 32 }],
])

export const hmacSha256 = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'

export const macs: ReadonlyMap<string, 'sha1' | 'sha256'> = new Map([
  [`${namespaces.ds}hmac-sha1`, 'sha1'],
  [hmacSha256, 'sha256'],
])

export const blockBytes = 16
