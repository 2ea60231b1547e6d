/** The three ways to read a 2D code; a person with one machine cannot film their own screen. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { classes } from '#ui/classes.ts'
import { Card } from '#ui/page.tsx'
import { Notice } from '#ui/signs.tsx'
import { mayShareWindow } from './camera.ts'
import type { Reading } from './use-reading.ts'
import { useWords } from './words.ts'

export function ReadingPanel({ reading }: { readonly reading: Reading }) {
  const words = useWords().reading
  const { state, film, stop, readPicture } = reading
  const chooser = useRef<HTMLInputElement>(null)
  const isOver = useGivenPictures(readPicture)
  return (
    <Card title={words.title} className="reading">
      <p className="mb-3 text-sm">{words.lead}</p>
      <div className="flex flex-col gap-2">
        <Button look="secondary" size="small" onClick={() => film('camera')}>
          {words.camera}
        </Button>
        {mayShareWindow() && (
          <Button look="secondary" size="small" onClick={() => film('window')}>
            {words.window}
          </Button>
        )}
        <Button look="secondary" size="small" onClick={() => chooser.current?.click()}>
          {words.picture}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          hidden
          aria-label={words.picture}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            currentTarget.value = '' // the same file may be chosen again
            if (file) readPicture(file)
          }}
        />
      </div>
      <p className={classes('drop-place', isOver && 'is-over')}>
        {isOver ? words.drop : words.pictureHint}
      </p>
      <State state={state} />
      {state.is === 'filming' && (
        <Button look="plain" size="small" onClick={stop}>
          {words.stop}
        </Button>
      )}
      {state.is === 'failed' && (
        // The device's own screen says it too, and is read out.
        <div className="mt-3">
          <Notice look="error" title={words.faults[state.fault]} />
        </div>
      )}
    </Card>
  )
}

function State({ state }: Pick<Reading, 'state'>) {
  const words = useWords().reading.state
  if (state.is === 'idle' || state.is === 'failed') return null
  return <p className="mt-3 font-bold">{words[state.is === 'filming' ? state.way : state.is]}</p>
}

/** Pictures that are pasted or dropped anywhere on the page. @returns whether one hovers over it */
function useGivenPictures(readPicture: (file: Blob) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const take = (event: Event, files: DataTransfer | null) => {
      const file = [...(files?.files ?? [])][0]
      if (!file) return
      event.preventDefault()
      readPicture(file)
    }
    const onPaste = (event: ClipboardEvent) => take(event, event.clipboardData)
    const onDrop = (event: DragEvent) => {
      event.preventDefault() // else the browser would leave the device for the picture
      setOver(false)
      take(event, event.dataTransfer)
    }
    const onOver = (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    document.addEventListener('paste', onPaste)
    document.addEventListener('drop', onDrop)
    document.addEventListener('dragover', onOver)
    document.addEventListener('dragleave', onLeave)
    return () => {
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('drop', onDrop)
      document.removeEventListener('dragover', onOver)
      document.removeEventListener('dragleave', onLeave)
    }
  }, [readPicture])
  return isOver
}
