/** トップページ (手順 5) — 口座残高, お知らせ, 未承認の取引, 最近のログイン, 最近の操作. */
import { useQuery } from '@tanstack/react-query'
import type { Out } from '#kit/endpoint.ts'
import { createClient } from '#ui/client.ts'
import { useMessages } from '#ui/language.tsx'
import { Page } from '#ui/page.tsx'
import { EmptyState, Loading } from '#ui/signs.tsx'
import { useMay } from '#ui/viewer.tsx'
import { contract } from '../contract.ts'
import { en } from '../messages.en.ts'
import { ja } from '../messages.ja.ts'
import { BalancesCard } from './balances-card.tsx'
import { LoginsCard, NoticesCard, OperationsCard } from './recent-cards.tsx'
import { UnapprovedCard } from './unapproved-card.tsx'

const client = createClient(contract)

export type HomeFacts = Out<typeof contract.showHome>

export function useWords(): typeof ja {
  return useMessages(ja, en) as typeof ja
}

export function Home() {
  const words = useWords()
  const mayAskBalances = useMay('balance-inquiry')
  const facts = useQuery({ queryKey: ['home'], queryFn: () => client.showHome() }).data
  const balances = useQuery({
    queryKey: ['home', 'balances'],
    queryFn: () => client.showHomeBalances(),
    enabled: mayAskBalances,
    // The core system may be away; every other block is shown nevertheless.
    throwOnError: false,
  })
  return (
    <Page title={words.title} screenId="BTOP001">
      <div className="grid items-start gap-6 lg:grid-cols-3">
        {mayAskBalances && (
          <div className="lg:col-span-2">
            <BalancesCard told={balances.error ? { told: false } : balances.data} />
          </div>
        )}
        {facts && (
          <div className={mayAskBalances ? '' : 'lg:col-span-3'}>
            <NoticesCard block={facts.notices} />
          </div>
        )}
      </div>
      {facts ? (
        <>
          <UnapprovedCard block={facts.unapproved} />
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <LoginsCard block={facts.logins} />
            <OperationsCard block={facts.operations} />
          </div>
        </>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

/** A block that could not be told says so, and holds up no other. */
export function Untold() {
  return <EmptyState>{useWords().untold}</EmptyState>
}
