/** The films that the device reads 2D codes from: its camera, or a shared window of this machine. */
import { granted, refused, type Outcome } from '#kit/outcome.ts'

export type Way = 'camera' | 'window'

export type FilmFault = 'not-offered' | 'denied' | 'missing' | 'busy' | 'not-shared'

/** A phone has no other windows to share. */
export function mayShareWindow(): boolean {
  return typeof mediaDevices()?.getDisplayMedia === 'function'
}

export function openFilm(way: Way): Promise<Outcome<MediaStream, FilmFault>> {
  return way === 'camera' ? openCamera() : openWindow()
}

async function openCamera(): Promise<Outcome<MediaStream, FilmFault>> {
  const devices = mediaDevices()
  if (devices?.getUserMedia === undefined) return refused('not-offered')
  const video = {
    facingMode: { ideal: 'environment' }, // the one that looks away from the person
    width: { ideal: 1280 },
    height: { ideal: 720 },
  }
  return film(devices.getUserMedia({ video, audio: false }), cameraFaults)
}

interface CaptureController {
  setFocusBehavior(behavior: 'no-focus-change'): void
}

async function openWindow(): Promise<Outcome<MediaStream, FilmFault>> {
  const devices = mediaDevices()
  if (devices?.getDisplayMedia === undefined) return refused('not-offered')
  const { CaptureController: Controller } = globalThis as unknown as {
    CaptureController?: new () => CaptureController
  }
  const controller = Controller === undefined ? undefined : new Controller()
  const asked = devices.getDisplayMedia({
    video: { frameRate: { ideal: 15 } },
    audio: false,
    ...(controller && { controller }),
    selfBrowserSurface: 'exclude', // the device does not film itself
    preferCurrentTab: false,
  } as DisplayMediaStreamOptions)
  // Whoever shares the bank's tab stays with the device, which is to show the code.
  await asked.then(() => controller?.setFocusBehavior('no-focus-change')).catch(() => undefined)
  return film(asked, windowFaults)
}

const cameraFaults: Readonly<Record<string, FilmFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

const windowFaults: Readonly<Record<string, FilmFault>> = {
  NotAllowedError: 'not-shared', // also who closes the browser's question
  InvalidStateError: 'not-shared',
  NotFoundError: 'not-shared',
  NotReadableError: 'not-shared',
  AbortError: 'not-shared',
}

async function film(
  asked: Promise<MediaStream>,
  faults: Readonly<Record<string, FilmFault>>,
): Promise<Outcome<MediaStream, FilmFault>> {
  try {
    return granted(await asked)
  } catch (error) {
    const fault = error instanceof DOMException ? faults[error.name] : undefined
    if (fault === undefined) throw error
    return refused(fault)
  }
}

export function stopFilm(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Undefined where the page is not a secure context. */
function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices
}
