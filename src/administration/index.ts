/**
 * 管理 — companies, their users, and what these may do: the door.
 */
export type { Administration, Company, User, CompanyAccount } from './people.ts'
