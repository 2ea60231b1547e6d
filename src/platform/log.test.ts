/** What the log keeps and what it never gets. */
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  write(createLog({ logLevel: 'info' }, to))
  return text
}

test('a line break stays within its line', () => {
  const text = logged((log) => log.info({ name: 'a\r\n{"level":"fatal"}' }, 'b\nc'))
  expect(text.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(text)).toMatchObject({ level: 'info', msg: 'b\nc' })
})

test('named secrets are left out, at any of three depths', () => {
  const text = logged((log) =>
    log.info({
      loginPassword: 'canary1',
      user: { confirmationPassword: 'canary2', cookie: 'canary3' },
      call: { request: { headers: { cookie: 'canary4' }, body: 'canary5', token: 'canary6' } },
    }),
  )
  expect(text).not.toContain('canary')
})

test('a fault is told by its named fields: no detail, no quoted values', () => {
  const fault = Object.assign(new Error('invalid input syntax for type uuid: "canary"'), {
    code: '22P02',
    detail: 'Key (login_id)=(canary) already exists.',
    parameters: ['canary'],
    cause: new Error('underneath'),
  })
  const text = logged((log) => log.error({ err: fault }, 'failed'))
  expect(text).not.toContain('canary')
  expect(JSON.parse(text).err).toMatchObject({
    code: '22P02',
    message: 'invalid input syntax for type uuid: "…"',
    stack: expect.stringContaining('log.test.ts'),
    cause: { message: 'underneath' },
  })
})
