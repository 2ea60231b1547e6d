/**
 * Where the database is, and the two ways of entering it: as the owner, who changes tables
 * (migrations only), and as the application, which may do nothing until it takes a role.
 */
import type pg from 'pg'
import { typeParsers } from './values.ts'

export type DatabaseAddress =
  | {
      /** A server of the bank: the owner's URL, and the application's where it has its own login. */
      readonly url: string
      readonly appUrl?: string
    }
  | {
      /** The embedded server: a socket in a folder that only we can enter. */
      readonly socketFolder: string
      readonly port: number
      readonly database: string
      readonly owner: string
    }

export const appRole = 'madoguchi_app'
const workerRole = 'madoguchi_worker'

/** Every session: moments in UTC and ISO form, and nobody holds locks while asleep. */
const session = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  client_encoding: 'UTF8',
  idle_in_transaction_session_timeout: '60s',
}

export function ownerConnection(address: DatabaseAddress): pg.ClientConfig {
  return { ...connection(address, 'owner'), types: typeParsers }
}

export function appConnection(address: DatabaseAddress): pg.ClientConfig {
  return { ...connection(address, 'app'), types: typeParsers }
}

/** For the library that keeps the times of scheduled work: the application in its own role. */
export function workerConnection(address: DatabaseAddress): ConnectionText {
  return connection(address, 'worker')
}

type ConnectionText = { readonly application_name: string } & (
  | { readonly connectionString: string }
  | {
      readonly host: string
      readonly port: number
      readonly database: string
      readonly user: string
      readonly options: string
    }
)

function connection(address: DatabaseAddress, as: 'owner' | 'app' | 'worker'): ConnectionText {
  const application_name = `madoguchi-${as}`
  const taken = as === 'worker' ? { ...session, role: workerRole } : session
  if ('socketFolder' in address) {
    return {
      application_name,
      host: address.socketFolder,
      port: address.port,
      database: address.database,
      user: as === 'owner' ? address.owner : appRole,
      options: asOptions(taken),
    }
  }
  const own = as === 'owner' ? address.url : address.appUrl
  const text = own ?? address.url
  // The fault that `new URL` throws carries the text, and with it the password, into the log.
  if (!URL.canParse(text)) throw new TypeError('the address of the database is not a URL')
  const url = new URL(text)
  // With one login only, the owner's, the application leaves its rights behind at the door.
  const wanted = own === undefined ? { role: appRole, ...taken } : taken
  const given = url.searchParams.get('options')
  url.searchParams.set('options', [given, asOptions(wanted)].filter(Boolean).join(' '))
  return { application_name, connectionString: url.href }
}

function asOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
