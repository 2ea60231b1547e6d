/** The server of the project `db-embedded`: PostgreSQL 18 as it comes with the product. */
import type { TestProject } from 'vitest/node'
import { startForProject } from './postgres-server.ts'

export default (project: TestProject) => startForProject(project)
