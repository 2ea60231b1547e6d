/** Reading, for the time in which the device's camera is on: one film at most, or a picture. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { openFilm, stopFilm, type FilmFault, type Way } from './camera.ts'
import { codeInPicture, type PictureFault } from './reading.ts'

export interface Film {
  readonly is: 'filming'
  readonly way: Way
  readonly stream: MediaStream
}

export type ReadingState =
  | { readonly is: 'idle' }
  | { readonly is: 'opening' }
  | Film
  | { readonly is: 'picture' } // being looked at
  | { readonly is: 'failed'; readonly fault: FilmFault | PictureFault }

export interface Reading {
  readonly state: ReadingState
  readonly film: (way: Way) => void
  readonly stop: () => void
  readonly readPicture: (file: Blob) => void
  readonly fail: (fault: PictureFault) => void
}

const idle = { is: 'idle' } as const

/**
 * @param isOn whether the device's camera is on; what was opened is closed with it
 * @param see hears of every 2D code for a token
 */
export function useReading(isOn: boolean, see: (text: string) => void): Reading {
  const [state, setState] = useState<ReadingState>(idle)
  const turn = useRef(0) // an answer of an earlier wish comes too late
  const stream = useRef<MediaStream | null>(null)
  const lastWay = useRef<Way>('camera')

  const begin = useCallback((next: ReadingState) => {
    if (stream.current) stopFilm(stream.current)
    stream.current = null
    turn.current += 1
    setState(next)
    return turn.current
  }, [])
  const stop = useCallback(() => void begin(idle), [begin])

  const film = useCallback(
    (way: Way) => {
      const mine = begin({ is: 'opening' })
      lastWay.current = way
      const start = async () => {
        const opened = await openFilm(way)
        if (turn.current !== mine) return opened.granted && stopFilm(opened.value)
        if (!opened.granted) return setState({ is: 'failed', fault: opened.reason })
        stream.current = opened.value
        // Whoever ends the sharing in the browser's own bar, or pulls the camera out.
        const [track] = opened.value.getVideoTracks()
        track?.addEventListener('ended', () => turn.current === mine && stop())
        setState({ is: 'filming', way, stream: opened.value })
      }
      void start()
    },
    [begin, stop],
  )

  const readPicture = useCallback(
    (file: Blob) => {
      const mine = begin({ is: 'picture' })
      const look = async () => {
        const read = await codeInPicture(file)
        if (turn.current !== mine) return
        setState(read.granted ? idle : { is: 'failed', fault: read.reason })
        if (read.granted) see(read.value)
      }
      void look()
    },
    [begin, see],
  )

  const fail = useCallback((fault: PictureFault) => void begin({ is: 'failed', fault }), [begin])

  useEffect(() => {
    if (!isOn) return
    // A film of a window needs a question each time; the camera starts by itself, as in hardware.
    if (lastWay.current === 'camera') film('camera')
    return stop
  }, [isOn, film, stop])

  return { state, film, stop, readPicture, fail }
}
