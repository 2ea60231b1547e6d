/** What stands beside the device: its serial number, how it is used, and how it is kept. */
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Card, Facts } from '#ui/page.tsx'
import { grouped } from './figures.ts'
import { buildName, type Offline } from './offline.ts'
import { useWords } from './words.ts'

interface SerialCardProps {
  readonly serial: string
  readonly activated: boolean
}

export function SerialCard({ serial, activated }: SerialCardProps) {
  const words = useWords().serial
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(serial)
    setCopied(true)
  }
  return (
    <Card title={words.title}>
      {!activated && <p className="mb-2 text-sm">{words.lead}</p>}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <strong className="figures serial" data-serial={serial}>
          {grouped(serial)}
        </strong>
        <Button look="secondary" size="small" onClick={() => void copy().catch(() => undefined)}>
          {words.copy}
        </Button>
        <span role="status" className="text-sm">
          {copied && words.copied}
        </span>
      </div>
    </Card>
  )
}

export function UseCard({ activated }: Pick<SerialCardProps, 'activated'>) {
  const words = useWords().use
  const steps = activated ? words.signingSteps : words.steps
  return (
    <Card title={activated ? words.signingTitle : words.title}>
      <ol className="list-decimal ps-6">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Card>
  )
}

export interface KeepingCardProps {
  readonly offline: Offline
  /** Whether the browser has promised to keep the data; null while nobody has asked. */
  readonly persisted: boolean | null
  readonly update: (() => void) | null
  /** null: there is nothing to erase. */
  readonly wipe: (() => void) | null
}

export function KeepingCard({ offline, persisted, update, wipe }: KeepingCardProps) {
  const words = useWords().keeping
  const [asking, setAsking] = useState(false)
  const offlineWords = {
    ready: words.offlineReady,
    'not-yet': words.offlineNotYet,
    never: words.offlineNever,
  }
  const facts: [string, string][] = [
    [words.offline, offlineWords[offline]],
    [words.build, buildName()],
  ]
  if (persisted !== null) {
    facts.splice(1, 0, [words.persistence, persisted ? words.persisted : words.notPersisted])
  }
  return (
    <Card title={words.title}>
      {update !== null && (
        <p className="mb-3">
          {words.newer}{' '}
          <Button look="secondary" size="small" onClick={update}>
            {words.update}
          </Button>
        </p>
      )}
      <Facts facts={facts} />
      {wipe !== null && (
        <Button look="secondary" size="small" className="mt-4" onClick={() => setAsking(true)}>
          {words.wipe}
        </Button>
      )}
      {asking && wipe !== null && (
        <WipeDialog
          onClose={() => setAsking(false)}
          onWipe={() => {
            setAsking(false)
            wipe()
          }}
        />
      )}
    </Card>
  )
}

interface WipeDialogProps {
  readonly onClose: () => void
  readonly onWipe: () => void
}

function WipeDialog({ onClose, onWipe }: WipeDialogProps) {
  const words = useWords().wiping
  return (
    <Dialog
      title={words.title}
      urgent
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" data-first="" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button look="danger" onClick={onWipe}>
            {words.wipe}
          </Button>
        </>
      }
    >
      <p>{words.says}</p>
      <p className="mt-2">{words.bank}</p>
    </Dialog>
  )
}
