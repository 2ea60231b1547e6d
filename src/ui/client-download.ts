/** A download as the browser receives it: piece by piece, so that a screen can show how far it is. */
export interface Progress {
  readonly bytes: number
  /** Line ends received so far. */
  readonly lines: number
  /** How many lines will come, where the server knows. */
  readonly linesTotal: number | null
}

export interface Downloaded {
  readonly fileName: string
  readonly file: Blob
  readonly linesTotal: number | null
}

export async function received(
  response: Response,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Downloaded> {
  const linesTotal = numberIn(response.headers.get('x-total-lines'))
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let [bytes, lines] = [0, 0]
  const reader = response.body?.getReader()
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
    const piece = await reader?.read()
    if (!piece || piece.done) break
    pieces.push(piece.value)
    bytes += piece.value.length
    lines += lineEndsIn(piece.value)
    onProgress({ bytes, lines, linesTotal })
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  const fileName = fileNameIn(response.headers.get('content-disposition') ?? '')
  return { fileName, file: new Blob(pieces, { type }), linesTotal }
}

/** Hands the file to the browser, which asks or not where to keep it. */
export function saveToDisk({ fileName, file }: Downloaded): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = fileName
  link.click()
  // The browser has taken the file over by then, also a large one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

function lineEndsIn(piece: Uint8Array): number {
  let count = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count += 1
  return count
}

/** RFC 6266: `filename*` is the real name, `filename` what old programs get. */
function fileNameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="([^"]+)"/i.exec(disposition)?.[1] ?? 'download'
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
