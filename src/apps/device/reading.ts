/**
 * Reading 2D codes — by zxing, whose WebAssembly is served with the device itself, so that it works
 * without a network and asks nobody else (camera-token.md A9, A10).
 */
import {
  prepareZXingModule,
  purgeZXingModule,
  readBarcodes,
  type ReaderOptions,
} from 'zxing-wasm/reader'
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { granted, refused, type Outcome } from '#kit/outcome.ts'
import { fitted, sizesToTry, type Size } from './picture-size.ts'

export type PictureFault = 'unreadable' | 'no-code' | 'foreign-code' | 'reader-missing'

const options: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryInvert: false,
  tryRotate: false, // a QR code is found at any angle
  maxNumberOfSymbols: 4, // a screenshot may show others beside it
}

const overrides = {
  locateFile: (file: string, prefix: string) =>
    file.endsWith('.wasm') ? wasmAddress : prefix + file,
}
let prepared: Promise<unknown> | null = null

/**
 * Loads the reader before it is needed, so that the first 2D code is read at once.
 * @throws when it cannot be loaded; the next call tries again
 */
export function prepareReader(): Promise<unknown> {
  prepared ??= prepareZXingModule({ overrides, fireImmediately: true }).catch((fault: unknown) => {
    prepared = null
    purgeZXingModule()
    throw fault
  })
  return prepared
}

/** Every 2D code in the picture. @throws when the reader cannot be loaded */
async function codesIn(image: ImageData): Promise<readonly string[]> {
  await prepareReader()
  const found = await readBarcodes(image, options)
  return found.filter(({ isValid }) => isValid).map(({ text }) => text)
}

/** Others that a camera happens to see are passed over: their reader is not the device. */
function isOurs(text: string): boolean {
  return text.startsWith('CTP1:')
}

const pauseMilliseconds = 100
const filmSide = 1920

/**
 * Looks at a film ten times a second until it is told to stop.
 * @throws when the reader cannot be loaded
 */
export async function watchFilm(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onCode: (text: string) => void,
): Promise<void> {
  const draw = drawer()
  while (!signal.aborted) {
    if (video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      const size = { width: video.videoWidth, height: video.videoHeight }
      const codes = await codesIn(draw(video, fitted(size, filmSide)))
      const code = codes.find(isOurs)
      if (code !== undefined && !signal.aborted) onCode(code)
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
  }
}

/** A photograph or a screenshot: dropped, pasted, or chosen. */
export async function codeInPicture(file: Blob): Promise<Outcome<string, PictureFault>> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return refused('unreadable')
  const draw = drawer()
  let others = 0
  try {
    for (const size of sizesToTry(picture)) {
      const codes = await codesIn(draw(picture, size))
      const code = codes.find(isOurs)
      if (code !== undefined) return granted(code)
      others += codes.length
    }
  } catch {
    return refused('reader-missing')
  } finally {
    picture.close()
  }
  return refused(others > 0 ? 'foreign-code' : 'no-code')
}

function drawer(): (source: CanvasImageSource, size: Size) => ImageData {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser has no canvas')
  return (source, { width, height }) => {
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    context.drawImage(source, 0, 0, width, height)
    return context.getImageData(0, 0, width, height)
  }
}
