/**
 * Runs in a thread of its own: lays a paper out and posts the bytes in pieces.
 * The layout may read our two fonts and nothing else, neither from the disk nor from the network.
 */
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { pdfDefinition } from './definition.ts'
import type { PdfPaper } from './paper.ts'

const font = (path: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-jp/${path}`))
const regular = font('400Regular/NotoSansJP_400Regular.ttf')
const bold = font('700Bold/NotoSansJP_700Bold.ttf')

pdfmake.setFonts({ NotoSansJP: { normal: regular, bold, italics: regular, bolditalics: bold } })
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)

const stream = await pdfmake.createPdf(pdfDefinition(workerData as PdfPaper)).getStream()
stream.on('data', (piece: Uint8Array) => parentPort!.postMessage(piece))
stream.on('end', () => parentPort!.postMessage(null))
stream.end()
