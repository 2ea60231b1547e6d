/** The customer's counter: starts the screens in the page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { sessionQuery } from '#identity/web/index.ts'
import { onSessionEnded } from '#ui/client.ts'
import { isNobodys, problemOf, sessionEndOf } from '#ui/faults.tsx'
import { LanguageProvider } from '#ui/language.tsx'
import { createCounterRouter } from './router.tsx'

// zod would probe `new Function`, which the Content-Security-Policy forbids and reports.
z.config({ jitless: true })

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The bank's answers are facts of a moment: asked for by a step of the clerk, not by focus.
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && problemOf(error)?.status === 503,
      throwOnError: (error) => sessionEndOf(error) === null && isNobodys(error),
    },
  },
})

const router = createCounterRouter(queries)

// Whichever call hears that the session is over, the clerk is told so on one screen.
onSessionEnded((problem) => {
  const wasIn = queries.getQueryData(sessionQuery.queryKey) !== undefined
  const reason = sessionEndOf({ problem })
  if (reason === null || (!wasIn && problem.code === 'session-missing')) return
  queries.clear()
  void router.navigate({ to: '/session-ended', search: { reason }, replace: true } as never)
})

createRoot(document.getElementById('counter')!).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
)
