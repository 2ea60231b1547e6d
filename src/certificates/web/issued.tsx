/**
 * 証明書発行完了 (BSMS004) — the file once more, how it is imported, and what to mind. The page
 * lets nobody go by mistake before he has said that the file is there: it is made only once.
 */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { saveToDisk } from '#ui/client.ts'
import { minuteText } from '#ui/format.ts'
import { Actions, Card, Facts, Page } from '#ui/page.tsx'
import { Notice, StepIndicator } from '#ui/signs.tsx'
import type { CertificateFile } from './issuing.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { useWords } from './words.ts'

export interface IssuedProps {
  readonly made: CertificateFile
  readonly steps: readonly string[]
  readonly next: { readonly path: string; readonly label: string }
}

export function CertificateIssued({ made, steps, next }: IssuedProps) {
  const words = useWords().issued
  const { issued, fileName } = made
  const navigate = useNavigate()
  const [saved, setSaved] = useState(false)
  const [reminded, setReminded] = useState(false)
  const goOn = () => {
    setReminded(!saved)
    if (saved) void navigate({ to: next.path, replace: true })
    else document.getElementById('saved')?.focus()
  }
  return (
    <Page title={words.title} screenId="BSMS004" width="narrow">
      <StepIndicator steps={steps} at={3} />
      <LeaveGuard when={!saved} />
      <Notice look="success" title={words.done} announced>
        <p>{words.doneSays}</p>
      </Notice>
      {issued.coolDownUntil !== null && (
        <Notice
          look="warning"
          title={words.coolDown({ until: minuteText(issued.coolDownUntil) })}
          announced
        >
          <p>{words.coolDownSays}</p>
        </Notice>
      )}
      <Card title={words.file}>
        <Facts
          facts={[
            [words.fileName, <Figures key="name">{fileName}</Figures>],
            [words.validUntil, <Figures key="until">{minuteText(issued.validUntil)}</Figures>],
          ]}
        />
        <div className="mt-5 flex flex-col gap-4">
          <Button look="secondary" className="sm:self-start" onClick={() => save(made)}>
            {words.save}
          </Button>
          <Notice look="warning" title={words.caution}>
            <p>{words.cautionSays}</p>
          </Notice>
          <Checkbox
            name="saved"
            label={words.saved}
            required
            checked={saved}
            onChange={(event) => setSaved(event.currentTarget.checked)}
            error={reminded && !saved ? words.savedFirst : undefined}
          />
        </div>
      </Card>
      <Guides />
      <Actions>
        <Button className="sm:min-w-56" onClick={goOn}>
          {next.label}
        </Button>
      </Actions>
    </Page>
  )
}

/** Hands the file to the browser; also at once when it is made. */
export function save({ fileName, file }: CertificateFile): void {
  saveToDisk({ fileName, file, linesTotal: null })
}

function Figures({ children }: { readonly children: string }) {
  return <span className="figures">{children}</span>
}

function Guides() {
  const { guide, guides } = useWords().issued
  const own = ownSystem()
  return (
    <Card title={guide}>
      <div className="divide-y divide-line border-y border-line">
        {(Object.keys(guides) as System[]).map((system) => (
          <details key={system} open={system === own} className="py-1">
            <summary className="min-h-11 cursor-pointer py-2 font-bold text-brand-800">
              {guides[system].name}
            </summary>
            <ol className="mb-3 list-decimal ps-6">
              {guides[system].steps.map((step) => (
                <li key={step} className="py-1">
                  {step}
                </li>
              ))}
            </ol>
          </details>
        ))}
      </div>
    </Card>
  )
}

type System = keyof ReturnType<typeof useWords>['issued']['guides']

/** Which guide is open at first; the others are one click away. */
function ownSystem(): System {
  const browser = navigator.userAgent
  if (browser.includes('Firefox')) return 'firefox'
  return browser.includes('Mac OS') ? 'mac' : 'windows'
}
