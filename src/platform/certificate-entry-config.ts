/** 電子証明書の受付窓口, as the environment sets it: none, with TLS of its own, or behind a proxy. */
export type CertificateEntryConfig =
  | { readonly kind: 'off' }
  | ({
      readonly kind: 'tls'
      /** PEM files; null: the demo makes its own. */
      readonly files: { readonly certificate: string; readonly key: string } | null
    } & Place)
  | ({ readonly kind: 'proxy'; readonly trusted: readonly string[] } & Place)

interface Place {
  readonly port: number
  readonly origin: string // where browsers find it
}

export interface CertificateEntryVariables {
  readonly CERT_ENTRY?: CertificateEntryConfig['kind'] | undefined
  readonly CERT_PORT: number
  readonly CERT_ORIGIN?: string | undefined
  readonly CERT_TLS_CERT?: string | undefined
  readonly CERT_TLS_KEY?: string | undefined
  readonly CERT_TRUSTED_PROXIES: readonly string[]
}

export function certificateEntryOf(
  variables: CertificateEntryVariables,
  { demo, publicOrigin }: { readonly demo: boolean; readonly publicOrigin: string },
): CertificateEntryConfig | { readonly mistakes: readonly string[] } {
  const { CERT_PORT: port, CERT_TLS_CERT: certificate, CERT_TLS_KEY: key } = variables
  const kind = variables.CERT_ENTRY ?? (demo ? 'tls' : 'off')
  if (kind === 'off') return { kind }

  const mistakes: string[] = []
  const given = variables.CERT_ORIGIN ?? (demo ? `https://localhost:${port}` : '')
  const mistake = mistakeIn(given, publicOrigin)
  if (mistake !== null) mistakes.push(`CERT_ORIGIN ${mistake}`)
  if (kind === 'tls') {
    const isGiven = certificate !== undefined && key !== undefined
    if (!isGiven && (certificate ?? key) !== undefined) {
      mistakes.push('CERT_TLS_CERT and CERT_TLS_KEY are needed both')
    } else if (!isGiven && !demo) {
      mistakes.push('CERT_ENTRY tls needs CERT_TLS_CERT and CERT_TLS_KEY, PEM files')
    }
    if (mistakes.length > 0) return { mistakes }
    const files = isGiven ? { certificate, key } : null
    return { kind, files, port, origin: new URL(given).origin }
  }
  const trusted = variables.CERT_TRUSTED_PROXIES
  if (trusted.length === 0) mistakes.push('CERT_ENTRY proxy needs CERT_TRUSTED_PROXIES')
  if (mistakes.length > 0) return { mistakes }
  return { kind, trusted, port, origin: new URL(given).origin }
}

/** One origin for both would mix the connections that show a certificate with those that do not. */
function mistakeIn(text: string, publicOrigin: string): string | null {
  if (!URL.canParse(text)) return 'is not an address such as https://cert.bank.example'
  const { protocol, origin, pathname, search, hash, username } = new URL(text)
  if (protocol !== 'https:') return 'does not begin with https://'
  if (pathname !== '/' || search || hash || username) return 'is more than scheme, host and port'
  if (origin === new URL(publicOrigin).origin) return 'must differ from PUBLIC_ORIGIN'
  return null
}
