/**
 * Whether somebody sits before the page. Every call moves the session's idle limit, so a list that
 * fetched itself for ever would keep an abandoned session open: it does so only while it is used.
 */
import { useEffect, useState } from 'react'

/** So long after the last key or pointer. */
const watchedSeconds = 120
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

export function useWatched(): boolean {
  const [watched, setWatched] = useState(true)
  useEffect(() => {
    const wait = () => setTimeout(() => setWatched(false), watchedSeconds * 1000)
    let timer = wait()
    const seen = () => {
      clearTimeout(timer)
      timer = wait()
      setWatched(true)
    }
    for (const sign of signs) window.addEventListener(sign, seen, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, seen)
    }
  }, [])
  return watched
}
