/**
 * Where the database is, and the two ways of entering it: as the owner, who changes tables
 * (migrations only), and as the application, which may do nothing until it takes a role.
 */
import pg from 'pg'
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

/** Every session: moments in UTC and ISO form, and nobody holds locks while asleep. */
const session = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  client_encoding: 'UTF8',
  idle_in_transaction_session_timeout: '60s',
}

export function ownerConnection(address: DatabaseAddress): pg.ClientConfig {
  return connection(address, 'owner')
}

export function appConnection(address: DatabaseAddress): pg.ClientConfig {
  return connection(address, 'app')
}

/** @throws TypeError with the name of what is wrong, never with the URL: it holds a password */
function connection(address: DatabaseAddress, as: 'owner' | 'app'): pg.ClientConfig {
  const common = { types: typeParsers, application_name: `madoguchi-${as}` }
  if ('socketFolder' in address) {
    return {
      ...common,
      host: address.socketFolder,
      port: address.port,
      database: address.database,
      user: as === 'owner' ? address.owner : appRole,
      options: asOptions(session),
    }
  }
  const own = as === 'app' ? address.appUrl : address.url
  const url = new URL(own ?? address.url)
  const wanted = as === 'app' && own === undefined ? { ...session, role: appRole } : session
  const given = url.searchParams.get('options')
  url.searchParams.set('options', [given, asOptions(wanted)].filter(Boolean).join(' '))
  return { ...common, connectionString: url.href }
}

function asOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
