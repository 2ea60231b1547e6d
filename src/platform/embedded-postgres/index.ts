/** The door of the built-in PostgreSQL. */
export {
  addressOfRunning,
  startPostgres,
  type EmbeddedPostgres,
  type StartPostgres,
} from './supervisor.ts'
export { removePostgres } from './remove.ts'
export { FolderInUse } from './lock.ts'
