/**
 * The journeys need Chromium and Japanese fonts. As root on Debian they are installed from
 * Debian's own packages; elsewhere one sentence says what is missing.
 */
import { existsSync } from 'node:fs'
import { run } from './run.ts'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @returns null where there is none */
export function chromium(): string | null {
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

export type Browser =
  | { readonly ready: true; readonly path: string }
  | { readonly ready: false; readonly sentence: string }

export async function makeSureOfBrowser(): Promise<Browser> {
  const missing = await missingPackages()
  if (missing.length > 0 && canInstall()) {
    console.log(`installing ${missing.join(' and ')} from Debian's packages …`)
    await install(missing)
  }
  const path = chromium()
  const still = await missingPackages()
  if (path !== null && still.length === 0) return { ready: true, path }
  const sentence = `The journeys need ${still.join(' and ')}: install ${still.length > 1 ? 'them' : 'it'} and run again (another Chromium can be named in CHROMIUM).`
  return { ready: false, sentence }
}

async function missingPackages(): Promise<string[]> {
  const fonts = await run('fc-list', [':lang=ja', 'family'], { output: 'kept' })
  const japanese = process.platform === 'darwin' || (fonts.ok && fonts.output.trim() !== '')
  return [
    ...(chromium() === null ? ['chromium'] : []),
    ...(japanese ? [] : ['fonts-noto-cjk']), // 日本語 would be drawn as boxes
    // For one journey, which is left out where only root could install them.
    ...(canInstall() && !existsSync('/usr/bin/pk12util') ? ['libnss3-tools'] : []),
  ]
}

function canInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

/** Another apt-get may hold the lock; it gets three minutes, and the network a second chance. */
async function install(packages: readonly string[]): Promise<void> {
  const wait = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'Acquire::Retries=3', '-qq']
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  for (const attempt of [1, 2, 3]) {
    await run('apt-get', [...wait, 'update'], { output: 'kept', env })
    const args = [...wait, 'install', '-y', '--no-install-recommends', 'fontconfig', ...packages]
    const { ok, seconds } = await run('apt-get', args, { output: 'kept', env })
    if (ok) {
      console.log(`installed in ${seconds} s`)
      return
    }
    console.log(`apt-get did not succeed (attempt ${attempt} of 3)`)
    await new Promise((resume) => setTimeout(resume, 10_000))
  }
}
