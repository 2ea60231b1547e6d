/**
 * One bank process per data folder. The lock is a listening socket beside the server's: the
 * system closes it when its process dies, however it dies, and whoever knocks learns who is in.
 */
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'

export interface Lock {
  release(): Promise<void>
}

/** Another living process holds the data folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'

  constructor(folder: string, pid: string) {
    super(
      `Another bank process (pid ${pid}) runs on the data folder ${folder}. ` +
        'Stop it first, or give this one a folder of its own with DATA_DIR.',
    )
  }
}

/** @throws FolderInUse */
export async function takeLock(socketFolder: string, folder: string): Promise<Lock> {
  const path = join(socketFolder, 'bank')
  const server = (await listen(path)) ?? (await takeOver(path, folder))
  // Two may have found the same dead socket and removed each other's: the last one stays.
  const holder = await ask(path)
  if (holder !== String(process.pid)) {
    await close(server)
    throw new FolderInUse(folder, holder ?? 'unknown')
  }
  server.unref()
  return { release: () => close(server) }
}

async function takeOver(path: string, folder: string): Promise<Server> {
  const holder = await ask(path)
  if (holder !== null) throw new FolderInUse(folder, holder)
  rmSync(path, { force: true })
  const server = await listen(path)
  if (server === null) throw new FolderInUse(folder, (await ask(path)) ?? 'unknown')
  return server
}

/** @returns null when something is there already, dead or alive */
function listen(path: string): Promise<Server | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Server | null>()
  const server = createServer((visitor) => {
    visitor.on('error', () => {})
    visitor.end(String(process.pid))
  })
  server.once('error', (fault: NodeJS.ErrnoException) =>
    fault.code === 'EADDRINUSE' ? resolve(null) : reject(fault),
  )
  server.listen(path, () => resolve(server))
  return promise
}

/** @returns the holder's process id; null when nobody is in */
function ask(path: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const socket = connect(path)
  let answer = ''
  socket.setTimeout(5_000, () => {
    // Stopped (SIGSTOP) or very busy, but there.
    resolve('not answering')
    socket.destroy()
  })
  socket.on('data', (bytes) => (answer += String(bytes)))
  socket.on('error', () => resolve(null))
  socket.on('close', () => resolve(answer || null))
  return promise
}

function close(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()))
}
