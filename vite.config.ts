/** Builds the customer's screens into dist/company: hashed files, nothing inline (CSP). */
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Dropping the other 30 languages of react-aria saves 49 KB on the wire. */
const locales = {
  ...optimizeLocales.vite({ locales: ['ja-JP', 'en-US'] }),
  enforce: 'pre' as const,
}

const libraries =
  'react|react-dom|scheduler|@tanstack/(react-router|router-core|history|store|react-store)'

/** What the login page needs of our own and every later screen needs too: in one file it packs better. */
const neededAtLogin = [
  'kit/(endpoint|problem|rights)\\.',
  'ui/(button|classes|client|client-download|error-summary|faults|field|format|language|links)\\.',
  'ui/(messages|page|password-input|reading|screens|signs|software-keyboard|viewer)\\.',
  'identity/(contract|messages\\.(ja|en)|web/(index|login|refusals|session))\\.',
  'apps/company/(frames|messages|standing-pages)\\.',
]

export default defineConfig({
  root: here('src/apps/company'),
  cacheDir: here('.cache/vite'),
  plugins: [locales, react(), tailwind()],
  build: {
    outDir: here('dist/company'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Without lists of what each screen needs: the login page would carry them all.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed) => needed.filter((path) => path.endsWith('.css')),
    },
    target: 'es2023',
    reportCompressedSize: false,
    manifest: true,
    // `base` changes with the libraries only, and stays in the browser's cache.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: new RegExp(`node_modules/(${libraries})/`) },
            { name: 'start', test: new RegExp(`/src/(${neededAtLogin.join('|')})`) },
          ],
        },
      },
    },
  },
})
