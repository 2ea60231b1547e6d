/** 電子証明書の更新 (BSMS011) — one's own certificate, 「更新」, and then as with the first issue. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Challenge } from '#kit/challenge.ts'
import type { Out } from '#kit/endpoint.ts'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { minuteText } from '#ui/format.ts'
import { Actions, Card, Facts, Page } from '#ui/page.tsx'
import { EmptyState, Loading, Notice } from '#ui/signs.tsx'
import { useViewer } from '#ui/viewer.tsx'
import type { contract } from '../contract.ts'
import { IssueForm } from './issue-form.tsx'
import { CertificateIssued, save } from './issued.tsx'
import type { CertificateFile } from './issuing.ts'
import { client, useSayRefusal, useWords } from './words.ts'

type Place =
  | { readonly at: 'present' }
  | { readonly at: 'confirmation'; readonly challenge: Challenge }
  | { readonly at: 'done'; readonly made: CertificateFile }

export function OwnCertificate() {
  const { own } = useWords()
  const viewer = useViewer()
  const queries = useQueryClient()
  const [place, setPlace] = useState<Place>({ at: 'present' })
  if (place.at === 'done') {
    const next = { path: '/', label: own.toTop }
    return <CertificateIssued made={place.made} steps={own.steps} next={next} />
  }
  if (place.at === 'confirmation') {
    return (
      <IssueForm
        steps={own.steps}
        holder={viewer}
        challenge={place.challenge}
        renewChallenge={() => client.beginCertificateRenewal()}
        send={({ request, challengeId, transactionCode }) =>
          client.renewCertificate({
            body: {
              request,
              challengeId: challengeId ?? '',
              transactionCode: transactionCode ?? '',
            },
          })
        }
        onIssued={(made) => {
          save(made)
          setPlace({ at: 'done', made })
          void queries.invalidateQueries({ queryKey: ['certificates'] })
          void queries.invalidateQueries({ queryKey: ['home'] })
        }}
        onBack={() => setPlace({ at: 'present' })}
      />
    )
  }
  return <Present onBegun={(challenge) => setPlace({ at: 'confirmation', challenge })} />
}

function Present({ onBegun }: { readonly onBegun: (challenge: Challenge) => void }) {
  const words = useWords().own
  const shown = useQuery({
    queryKey: ['certificates', 'own'],
    queryFn: () => client.showOwnCertificate(),
  }).data
  const begin = useMutation({
    mutationFn: () => client.beginCertificateRenewal(),
    onSuccess: onBegun,
  })
  const certificate = shown?.certificate
  return (
    <Page title={words.title} screenId="BSMS011" width="narrow" lead={<p>{words.lead}</p>}>
      {begin.error && <Refused error={begin.error} />}
      <Card title={words.present}>
        {certificate === undefined ? (
          <Loading />
        ) : certificate === null ? (
          <EmptyState>
            {words.none}
            <span className="block text-sm">{words.noneSays}</span>
          </EmptyState>
        ) : (
          <Certificate certificate={certificate} />
        )}
      </Card>
      {certificate?.renewable && (
        <Actions>
          <Button pending={begin.isPending} className="sm:min-w-56" onClick={() => begin.mutate()}>
            {certificate.renewed ? words.renewAgain : words.renew}
          </Button>
        </Actions>
      )}
    </Page>
  )
}

type Shown = NonNullable<Out<typeof contract.showOwnCertificate>['certificate']>

function Certificate({ certificate }: { readonly certificate: Shown }) {
  const words = useWords().own
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          [words.validUntil, <Figures key="until">{minuteText(certificate.validUntil)}</Figures>],
          [words.issuedAt, <Figures key="at">{minuteText(certificate.issuedAt)}</Figures>],
          [words.serialNumber, <Figures key="serial">{certificate.serialNumber}</Figures>],
        ]}
      />
      {certificate.renewed ? (
        <Notice look="success" title={words.renewed}>
          <p>{words.renewedSays}</p>
        </Notice>
      ) : certificate.renewable ? (
        <Notice look="warning" title={words.renewable} />
      ) : (
        <p>{words.notYet({ from: minuteText(certificate.renewableFrom) })}</p>
      )}
    </div>
  )
}

function Figures({ children }: { readonly children: ReactNode }) {
  return <span className="figures">{children}</span>
}

function Refused({ error }: { readonly error: unknown }) {
  const sentence = useSayRefusal()(error)
  if (sentence === null) return <FaultNotice error={error} />
  return <Notice look="error" title={sentence} announced />
}
