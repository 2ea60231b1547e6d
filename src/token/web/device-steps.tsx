/** What to do on the device, step by step: a picture and a sentence each; and 「うまくいかないとき」. */
import { Notice } from '#ui/signs.tsx'
import { DevicePicture, type DevicePictureProps } from './device-picture.tsx'
import './token.css'
import { useWords } from './words.ts'

export interface DeviceStep extends DevicePictureProps {
  readonly says: string
}

/** Numbered on through the parts of a page. */
export function DeviceSteps({ steps, from = 1 }: { steps: readonly DeviceStep[]; from?: number }) {
  return (
    <ol start={from} className="device-steps">
      {steps.map(({ says, ...picture }, at) => (
        <li key={says}>
          <DevicePicture {...picture} />
          <p>
            <span aria-hidden="true" className="step-number figures">
              {from + at}
            </span>
            <span>{says}</span>
          </p>
        </li>
      ))}
    </ol>
  )
}

/** Beside each field for a number: what fraudsters ask for. */
export function NeverTell() {
  const words = useWords()
  return (
    <Notice look="warning" title={words.never}>
      <p className="text-sm">{words.neverWhy}</p>
    </Notice>
  )
}

export function Trouble() {
  const { title, says } = useWords().trouble
  return (
    <details className="text-sm">
      <summary className="inline-block min-h-11 py-2 text-brand-800 underline underline-offset-4">
        {title}
      </summary>
      <ul className="list-disc ps-6">
        {says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  )
}
