/** The mail drop: the contract, and what holds for files. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMailDrop } from './drop.ts'
import { aMail, mailContract } from './port.contract.ts'
import type { MailId } from './port.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mails-'))
})
afterAll(() => rm(home, { recursive: true }))

const from = { name: 'まどぐち銀行', address: 'no-reply@bank.example' }
const dropIn = (name: string, log: (message: string) => void = () => {}) =>
  openMailDrop({ folder: join(home, name), from, log })

mailContract(async () => ({
  sender: await dropIn('contract'),
  arrived: async () => {
    const names = await readdir(join(home, 'contract'))
    return Promise.all(names.map((name) => readFile(join(home, 'contract', name))))
  },
  close: async () => {},
}))

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('the drop', () => {
  test('says in the log that no mail leaves the house', async () => {
    const logged: string[] = []
    await dropIn('said', (message) => logged.push(message))
    expect(logged).toEqual([expect.stringContaining('no mail leaves the house')])
  })

  test('keeps folder and mails to their owner, and leaves nothing half-made behind', async () => {
    await mkdir(join(home, 'private'))
    await chmod(join(home, 'private'), 0o755)
    const drop = await dropIn('private')
    const mail = aMail()
    await Promise.all([drop.send(mail), drop.send(mail)])
    expect(await mode(join(home, 'private'))).toBe('700')
    expect(await readdir(join(home, 'private'))).toEqual([`${mail.id}.eml`])
    expect(await mode(join(home, 'private', `${mail.id}.eml`))).toBe('600')
  })

  test('gives the newest first, and passes over what is no mail of its own', async () => {
    const drop = await dropIn('order')
    const mails = [aMail(), aMail(), aMail()]
    for (const mail of mails.toReversed()) await drop.send(mail)
    await writeFile(join(home, 'order', 'letter.eml'), 'From: somebody')
    expect(await drop.newest(9)).toEqual(mails.toReversed())
    expect(await drop.newest(2)).toEqual([mails[2], mails[1]])
  })

  test('files a mail under no id that leads elsewhere', async () => {
    const drop = await dropIn('path')
    await expect(drop.send(aMail({ id: '../path' as MailId }))).rejects.toThrow('id of ours')
  })
})
