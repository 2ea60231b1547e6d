/** A mail server for tests: small, on a loopback socket, and as unkind as it is told to be. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** The code that it answers to a command: `{ RCPT: 550 }`; 0 cuts the line, -1 says nothing. */
export type Unkind = Readonly<Record<string, number>>

export interface MailServer {
  readonly port: number
  /** As the letters stand after their dots were taken off. */
  readonly taken: Buffer[]
  readonly commands: string[]
  unkind: Unkind
  /** Says 5.7.1 (RFC 3463) with what it refuses. */
  policy: boolean
  close(): Promise<void>
}

const usual: Unkind = {
  HELLO: 220,
  EHLO: 250,
  MAIL: 250,
  RCPT: 250,
  DATA: 354,
  '.': 250,
  QUIT: 221,
}

export async function mailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket, opened)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened: MailServer = {
    port: (server.address() as AddressInfo).port,
    taken: [],
    commands: [],
    unkind: {},
    policy: false,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return opened
}

function talk(socket: Socket, server: MailServer): void {
  let read = ''
  let inLetter = false
  const answer = (command: string): number => {
    server.commands.push(command)
    const code = server.unkind[command] ?? usual[command] ?? 502
    if (code === 0) socket.destroy()
    else if (command === 'EHLO' && code === 250)
      socket.write('250-test\r\n250 AUTH PLAIN LOGIN\r\n')
    else if (code > 0) {
      const reason = server.policy && code >= 500 ? '5.7.1 ' : ''
      socket.write(`${code} ${reason}<tanaka@sample.example> said the server\r\n`)
    }
    return code
  }
  answer('HELLO')
  socket.on('data', (bytes) => {
    read += bytes.toString('latin1')
    for (;;) {
      const end = inLetter ? '\r\n.\r\n' : '\r\n'
      const at = read.indexOf(end)
      if (at < 0) return
      const part = read.slice(0, at)
      read = read.slice(at + end.length)
      if (inLetter) {
        inLetter = false
        const letter = Buffer.from(`${part}\r\n`.replaceAll(/^\./gm, ''), 'latin1')
        const code = server.unkind['.'] ?? 250
        if (code === 250 || code === 0) server.taken.push(letter) // 0: taken, and the answer is lost
        answer('.')
      } else {
        const command = part.split(' ', 1)[0]!.toUpperCase()
        inLetter = answer(command) === 354
      }
    }
  })
}
