/** What a person at the terminal reads: how far the start is, and where to go. The log is apart. */
import type { Config } from './config.ts'

export function say(line: string): void {
  process.stderr.write(`madoguchi: ${line}\n`)
}

export interface Welcome {
  readonly config: Config
  /** null for a worker, which has no counter */
  readonly listeners: {
    readonly address: string
    readonly deviceAddress: string | null // ソフトウェアトークン
    readonly entryAddress: string | null // 電子証明書ログイン
  } | null
  readonly logins: string | null
  /** How to come in by the demo's certificate, line by line; null where there is none. */
  readonly certificate: readonly string[] | null
}

export function welcome({ config, listeners, logins, certificate }: Welcome): void {
  if (listeners === null) return say('the worker is running; Ctrl-C ends it.')
  const { address, deviceAddress, entryAddress } = listeners
  const places = [
    ...(deviceAddress === null
      ? []
      : [
          [
            deviceAddress,
            'the camera token (software, for another device than the one that banks)',
          ],
        ]),
    ...(entryAddress === null ? [] : [[entryAddress, 'where browsers show their certificates']]),
    ...(config.demo && config.smtpUrl === null
      ? [[`${address}/demo/mails`, 'the mails of the demo; none leaves the house']]
      : []),
    [`${address}/api-reference`, 'the interface, readable; /openapi.json for machines'],
  ] as const
  const width = Math.max(...places.map(([place]) => place!.length)) + 3
  const lines = [
    '',
    `  窓口 Madoguchi is open.  ${address}`,
    '',
    ...places.map(([place, what]) => `  ${place!.padEnd(width)}${what}`),
    `  log: ${config.logFile ?? 'standard output'}`,
  ]
  if (logins !== null) {
    lines.push('', '  Demo logins (also in demo-logins.json of the data folder):', '', logins)
    if (certificate !== null) lines.push('', ...certificate.map((line) => `  ${line}`))
    lines.push('', '  The core system is the built-in simulator: no real money moves here.')
  }
  process.stderr.write(`${lines.join('\n')}\n\n  Ctrl-C closes the bank.\n`)
}
