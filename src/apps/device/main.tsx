/** The device: a camera token in a page of its own origin. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { LanguageProvider } from '#ui/language.tsx'
import { App } from './app.tsx'

// zod would probe `new Function`, which the Content-Security-Policy forbids and reports.
z.config({ jitless: true })

createRoot(document.getElementById('device')!).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
)
