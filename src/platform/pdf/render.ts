/**
 * PDF — lays out a paper and gives its bytes.
 *
 * Layout is pure computation (about a second for the first page, minutes never), so it always runs
 * in a worker thread and the listener keeps answering. No more than two run at a time; the others
 * wait in line. A reader who goes away ends its worker.
 */
import { Worker } from 'node:worker_threads'
import type { PdfPaper } from './paper.ts'

const workersMax = 2
const heapMegabytesMax = 1024

let running = 0
const waiting: (() => void)[] = []

export async function* renderPdf(paper: PdfPaper): AsyncIterable<Uint8Array> {
  await turn()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: paper,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  try {
    yield* pieces(worker)
  } finally {
    await worker.terminate()
    done()
  }
}

async function turn(): Promise<void> {
  if (running >= workersMax) await new Promise<void>((go) => waiting.push(go))
  else running += 1
}

/** The place is handed to the next in line; it is freed only when nobody waits. */
function done(): void {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}

async function* pieces(worker: Worker): AsyncIterable<Uint8Array> {
  const arrived: (Uint8Array | null)[] = []
  let fault: Error | undefined
  let wake = () => {}
  worker.on('message', (piece: Uint8Array | null) => (arrived.push(piece), wake()))
  worker.on('error', (error: Error) => ((fault = error), wake()))
  worker.on('exit', (code) => {
    fault ??= new Error(`the PDF worker ended with code ${code}`)
    wake()
  })

  for (;;) {
    while (arrived.length > 0) {
      const piece = arrived.shift()!
      if (piece === null) return
      yield piece
    }
    if (fault) throw fault
    await new Promise<void>((resume) => {
      wake = resume
    })
  }
}
