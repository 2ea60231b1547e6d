/** What a person at the terminal reads: how far the start is, and where to go. The log is apart. */
import type { Config } from './config.ts'

export function say(line: string): void {
  process.stderr.write(`madoguchi: ${line}\n`)
}

/** @param address null for a worker, which has no counter */
export function welcome({
  config,
  address,
  logins,
}: {
  config: Config
  address: string | null
  logins: string | null
}): void {
  if (address === null) return say('the worker is running; Ctrl-C ends it.')
  const lines = [
    '',
    `  窓口 Madoguchi is open.  ${address}`,
    '',
    `  ${address}/api-reference   the interface, readable; /openapi.json for machines`,
    `  log: ${config.logFile ?? 'standard output'}`,
  ]
  if (logins !== null) {
    lines.push('', '  Demo logins (also in demo-logins.json of the data folder):', '', logins)
    lines.push('', '  The core system is the built-in simulator: no real money moves here.')
  }
  process.stderr.write(`${lines.join('\n')}\n\n  Ctrl-C closes the bank.\n`)
}
