/** Removes a database with all its data, for starting the demo over. */
import { existsSync, lstatSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { takeLock } from './lock.ts'
import { stopOrphan } from './orphan.ts'
import { noteOf, preparePlaces, sharedRoot } from './places.ts'

/** @throws FolderInUse while a bank runs on it */
export async function removePostgres(folder: string): Promise<void> {
  const path = resolve(folder)
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return
  const { root, cluster, socket } = preparePlaces(path)
  if (existsSync(cluster) && !existsSync(join(cluster, 'PG_VERSION'))) {
    throw new Error(`${path} does not look like our database; nothing was removed`)
  }
  const lock = await takeLock(socket, path)
  await stopOrphan(cluster)
  await lock.release()
  rmSync(socket, { recursive: true, force: true })
  rmSync(cluster, { recursive: true, force: true })
  if (dirname(root) === sharedRoot) {
    rmSync(root, { recursive: true, force: true })
    rmSync(noteOf(root), { force: true })
  }
  rmSync(path, { recursive: true, force: true })
}
