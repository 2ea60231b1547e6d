/**
 * Builds the device into dist/device: hashed files, nothing inline (CSP), and the service worker
 * with the list of everything that the device needs without a network.
 */
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Rolldown } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const publicDir = here('src/apps/device/public')

/**
 * Names the build by a digest of its files: in the page, whose Token info shows it, and in the
 * service worker, which by this alone becomes another one with every change.
 */
const build = {
  name: 'name-the-build',
  enforce: 'post' as const,
  generateBundle(_options: unknown, bundle: Rolldown.OutputBundle) {
    const contents = new Map(readdirSync(publicDir).map((file) => [file, readPublic(file)]))
    for (const [file, output] of Object.entries(bundle)) {
      contents.set(file, Buffer.from(output.type === 'chunk' ? output.code : output.source))
    }
    const digest = createHash('sha256')
    for (const file of [...contents.keys()].sort()) {
      digest.update(`${file}\0`).update(contents.get(file)!).update('\0')
    }
    const name = digest.digest('hex').slice(0, 12)

    const page = bundle['index.html'] as Rolldown.OutputAsset
    page.source = String(page.source).replace(
      '<meta name="build" content="" />',
      `<meta name="build" content="${name}" />`,
    )
    const worker = bundle['sw.js'] as Rolldown.OutputChunk
    const files = [...contents.keys()].filter((file) => file !== 'sw.js')
    const paths = files.map((file) => (file === 'index.html' ? '/' : `/${file}`))
    worker.code = `self.build = ${JSON.stringify({ name, paths })}\n${worker.code}`
  },
}

function readPublic(file: string): Buffer {
  return readFileSync(`${publicDir}/${file}`)
}

export default defineConfig({
  root: here('src/apps/device'),
  publicDir,
  cacheDir: here('.cache/vite-device'),
  plugins: [react(), tailwind(), build],
  build: {
    outDir: here('dist/device'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: here('src/apps/device/index.html'),
        sw: here('src/apps/device/service-worker.ts'),
      },
      output: {
        // A service worker rules over its folder, so it lies in the root, under a name that stays.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
