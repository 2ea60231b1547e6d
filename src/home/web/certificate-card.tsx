/** 電子証明書有効期限 — nothing without a certificate; in its last 40 days with 「更新」. */
import { minuteText } from '#ui/format.ts'
import { ButtonLink } from '#ui/links.tsx'
import { Card } from '#ui/page.tsx'
import { Badge } from '#ui/signs.tsx'
import { useHasPage } from '#ui/viewer.tsx'
import { Untold, useWords, type HomeFacts } from './words.tsx'

type Block = HomeFacts['certificate']

/** It has to be renewed: then it stands above what waits. */
export function isDue(block: Block): boolean {
  return block.told && block.renewable
}

export function CertificateCard({ block }: { readonly block: Block }) {
  const words = useWords().certificate
  const hasRenewal = useHasPage('/certificates/own')
  if (block.told && block.validUntil === null) return null
  return (
    <Card title={words.heading}>
      {!block.told || block.validUntil === null ? (
        <Untold />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="figures">{words.until({ at: minuteText(block.validUntil) })}</span>
              {block.renewable && (
                <Badge look="waiting">{words.daysLeft({ days: block.daysLeft })}</Badge>
              )}
            </p>
            {block.renewable && <p>{words.advice}</p>}
          </div>
          {block.renewable && hasRenewal && (
            <ButtonLink to="/certificates/own" className="max-sm:w-full sm:min-w-40">
              {words.renew}
            </ButtonLink>
          )}
        </div>
      )}
    </Card>
  )
}
