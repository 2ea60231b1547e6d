/** The viewfinder — the film on the device's screen, in which 2D codes are looked for. */
import { useEffect, useRef } from 'react'
import { watchFilm } from './reading.ts'
import type { Film } from './use-reading.ts'
import { useWords } from './words.ts'

export interface ViewfinderProps {
  readonly film: Film
  readonly onCode: (text: string) => void
  readonly onFault: () => void
}

export function Viewfinder({ film: { stream, way }, onCode, onFault }: ViewfinderProps) {
  const words = useWords().screen.camera
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current!
    const watching = new AbortController()
    element.srcObject = stream
    // A browser may not begin by itself; what is then seen is one frame, which is enough.
    element.play().catch(() => undefined)
    watchFilm(element, watching.signal, onCode).catch(onFault)
    return () => {
      watching.abort()
      element.srcObject = null
    }
  }, [stream, onCode, onFault])
  return (
    <div className={`viewfinder is-${way}`}>
      <video ref={video} muted playsInline aria-hidden="true" />
      <span className="viewfinder-frame" aria-hidden="true" />
      <p className="viewfinder-aim">{words.aim}</p>
    </div>
  )
}
