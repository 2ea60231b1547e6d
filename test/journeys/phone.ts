/**
 * Another device: a browser of its own whose camera films the first browser's screen. Its camera is
 * a file of one frame (YUV4MPEG2) that Chromium plays in a loop; what is to be filmed is written
 * over the brightness of that frame while it plays, so the real camera path is walked.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as browsers, expect, type Locator, type Page } from '@playwright/test'
import { PNG } from 'pngjs'
import { chromium } from '../../scripts/browser.ts'

const [width, height] = [640, 480]
const header = `YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\nFRAME\n`
const grey = 128

export interface Phone {
  readonly page: Page
  /** Holds the camera before that part of the other screen. */
  film(part: Locator): Promise<void>
  /** Nothing before the camera. */
  lookAway(): void
  press(button: '左ボタン' | '中央ボタン' | '右ボタン', times?: number): Promise<void>
  power(): Promise<void>
  /** The digits on its screen, without their gaps. */
  digits(): Promise<string>
  close(): Promise<void>
}

export async function openPhone(address: string): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), 'mdg-camera-'))
  const frame = join(folder, 'camera.y4m')
  writeFileSync(
    frame,
    Buffer.concat([Buffer.from(header), Buffer.alloc(width * height * 1.5, grey)]),
  )
  const executablePath = chromium()
  const browser = await browsers.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--disable-dev-shm-usage',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${frame}`,
    ],
  })
  const viewport = { width: 1_000, height: 1_100 }
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport })
  const page = await context.newPage()
  await page.goto(address)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    page,
    film: async (part) => writeLuma(frame, brightnessOf(await part.screenshot())),
    lookAway: () => writeLuma(frame, Buffer.alloc(width * height, grey)),
    press: async (name, times = 1) => {
      for (let nth = 0; nth < times; nth += 1) await button(name).click()
    },
    power: async () => {
      await button('中央ボタン').hover()
      await page.mouse.down()
      await page.waitForTimeout(1_000) // a long press is a matter of time
      await page.mouse.up()
    },
    digits: async () => {
      const code = page.locator('.lcd [data-code]')
      await expect(code).toBeVisible()
      return (await code.getAttribute('data-code')) ?? ''
    },
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writeLuma(frame: string, luma: Buffer): void {
  const file = openSync(frame, 'r+')
  writeSync(file, luma, 0, luma.length, header.length)
  closeSync(file)
}

/** The picture in the middle of a grey wall, as large as the frame allows. */
function brightnessOf(picture: Buffer): Buffer {
  const { width: w, height: h, data } = PNG.sync.read(picture)
  const luma = Buffer.alloc(width * height, grey)
  const scale = Math.min((width * 0.95) / w, (height * 0.95) / h)
  const [left, top] = [(width - w * scale) / 2, (height - h * scale) / 2]
  for (let y = 0; y < Math.floor(h * scale); y += 1) {
    for (let x = 0; x < Math.floor(w * scale); x += 1) {
      const from = 4 * (Math.floor(y / scale) * w + Math.floor(x / scale))
      const [r, g, b] = [data[from]!, data[from + 1]!, data[from + 2]!]
      luma[(y + Math.floor(top)) * width + x + Math.floor(left)] = Math.round(
        0.299 * r + 0.587 * g + 0.114 * b,
      )
    }
  }
  return luma
}
