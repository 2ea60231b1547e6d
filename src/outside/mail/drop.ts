/**
 * The mail drop (メールの受け皿): mails stay in the house, one .eml file each, where the demo's page
 * and any mail program can read them. Used where no mail server is configured.
 */
import { chmod, mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isId } from '#kit/ids.ts'
import { granted } from '#kit/outcome.ts'
import { checkedMail } from './form.ts'
import { readMessage, writtenMessage, type MailFrom } from './message.ts'
import type { Mail, MailSender } from './port.ts'

export interface MailDrop extends MailSender {
  /** The newest first. */
  newest(count: number): Promise<readonly Mail[]>
}

export interface OpenMailDrop {
  readonly folder: string
  readonly from: MailFrom
  readonly log: (message: string) => void
}

export async function openMailDrop({ folder, from, log }: OpenMailDrop): Promise<MailDrop> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  log('no mail leaves the house: SMTP_URL is not set, mails are kept in the folder `mails`')
  return {
    async send(mail) {
      if (!isId(mail.id)) throw new Error('a mail is filed under an id of ours')
      const checked = checkedMail(mail)
      if (!checked.granted) return checked
      await place(join(folder, `${mail.id}.eml`), await writtenMessage(mail, from))
      return granted(undefined)
    },
    async newest(count) {
      const names = await readdir(folder)
      const mails = names.filter((name) => name.endsWith('.eml') && isId(name.slice(0, -4)))
      // An id begins with the moment of its making.
      const newest = mails.toSorted().toReversed().slice(0, count)
      const files = newest.map((name) => readFile(join(folder, name)))
      return (await Promise.all(files)).map(readMessage)
    },
  }
}

/** Whole or not at all; a mail that comes again takes its own place. */
async function place(path: string, message: Buffer): Promise<void> {
  const beside = `${path}.${crypto.randomUUID()}`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(message)
  } finally {
    await file.close()
  }
  await rename(beside, path)
}
