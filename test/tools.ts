/** Programs of the machine that some tests ask for a second opinion. */
import { spawnSync } from 'node:child_process'

export function isInstalled(program: 'openssl' | 'pk12util' | 'certutil'): boolean {
  return spawnSync(program, ['-h']).error === undefined
}

/** Both of its voices: openssl says what matters now here, now there. */
export function openssl(words: readonly string[], input?: Uint8Array) {
  const { status, stdout, stderr } = spawnSync('openssl', words, { input: input ?? '' })
  return { right: status === 0, says: `${stdout}${stderr}` }
}
