/** トップページ (手順 5) — 口座残高, お知らせ, 電子証明書, 未承認の取引, 最近のログイン, 最近の操作. */
import { useQuery } from '@tanstack/react-query'
import { createClient } from '#ui/client.ts'
import { Page } from '#ui/page.tsx'
import { Loading } from '#ui/signs.tsx'
import { useMay } from '#ui/viewer.tsx'
import { contract } from '../contract.ts'
import { BalancesCard } from './balances-card.tsx'
import { CertificateCard, isDue } from './certificate-card.tsx'
import { LoginsCard, NoticesCard, OperationsCard } from './recent-cards.tsx'
import { UnapprovedCard } from './unapproved-card.tsx'
import { useWords } from './words.tsx'

const client = createClient(contract)

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
          {isDue(facts.certificate) && <CertificateCard block={facts.certificate} />}
          <UnapprovedCard block={facts.unapproved} />
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <LoginsCard block={facts.logins} />
            <OperationsCard block={facts.operations} />
          </div>
          {!isDue(facts.certificate) && <CertificateCard block={facts.certificate} />}
        </>
      ) : (
        <Loading />
      )}
    </Page>
  )
}
