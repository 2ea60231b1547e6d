/** The door of scheduled work. */
export { openJobs, type Jobs, type OpenJobs } from './jobs.ts'
