/** The server of the project `db-debian`: the newest PostgreSQL that Debian has installed here. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startForProject } from './postgres-server.ts'

const installed = '/usr/lib/postgresql'

/** @returns null where Debian's PostgreSQL is not installed */
export function debianBinDir(): string | null {
  if (!existsSync(installed)) return null
  const majors = readdirSync(installed)
    .filter((name) => existsSync(join(installed, name, 'bin', 'initdb')))
    .toSorted((one, other) => Number(other) - Number(one))
  return majors[0] === undefined ? null : join(installed, majors[0], 'bin')
}

export default (project: TestProject) => startForProject(project, debianBinDir()!)
