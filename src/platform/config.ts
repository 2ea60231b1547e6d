/**
 * Configuration — the environment, read once and checked before anything starts.
 *
 * Every variable that is wrong is named in one list, so that nobody corrects them one by one.
 * What differs between banks but not between machines is in bank-parameters.ts.
 */
import { isIP } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import { certificateEntryOf, type CertificateEntryConfig } from './certificate-entry-config.ts'

/** sysexits(3) EX_CONFIG: the supervisor must not restart us, a person must change something. */
export const exitOfWrongConfiguration = 78

const port = z.coerce.number().int().min(0).max(65_535)
const seconds = z.coerce.number().int().min(0).max(3_600)
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const proxy = z.string().refine(isAddressOrNetwork, 'is not an IP address or network (10.0.0.0/8)')
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))

const Environment = z.object({
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  HOST: z.string().default('localhost'),
  PORT: port.default(8080),
  PUBLIC_ORIGIN: z.string().optional(),
  DEVICE_PORT: port.default(8082),
  DEVICE_ORIGIN: z.string().optional(),
  CERT_ENTRY: z.enum(['off', 'tls', 'proxy']).optional(),
  CERT_PORT: port.default(8443),
  CERT_ORIGIN: z.string().optional(),
  CERT_TLS_CERT: z.string().optional(),
  CERT_TLS_KEY: z.string().optional(),
  CERT_TRUSTED_PROXIES: list.pipe(z.array(proxy)).default([]),
  DATABASE_URL: z.string().startsWith('postgres', 'is not a postgres:// address').optional(),
  DATABASE_APP_URL: z.string().startsWith('postgres', 'is not a postgres:// address').optional(),
  DATA_DIR: z.string().default('./data'),
  PG_BIN_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  LOG_FILE: z.string().optional(),
  TRUSTED_PROXIES: list.pipe(z.array(proxy)).default([]),
  PASSWORD_PROFILE: z.enum(['guide', 'modern']).default('guide'),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(2).max(60).default(15),
  SESSION_ABSOLUTE_HOURS: z.coerce.number().int().min(1).max(24).default(8),
  SMTP_URL: z.string().refine(isMailServer, 'is not smtps://HOST or smtp://HOST').optional(),
  MAIL_FROM: z.email('is not a mail address').optional(),
  METRICS_PORT: port.optional(),
  METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
  DEMO: z.stringbool().optional(),
  DRAIN_SECONDS: seconds.default(10),
  DRAIN_DELAY_SECONDS: seconds.default(0),
  BANK_PARAMETERS: z.string().optional(),
  KEY_VAULT: z.enum(['file', 'pkcs11']).default('file'),
  PKCS11_MODULE: z.string().optional(),
  PKCS11_TOKEN: z.string().optional(),
  PKCS11_PIN_FILE: z.string().optional(),
})

export interface Config {
  /** `all` runs everything in one process; `web` and `worker` spread it over many. */
  readonly role: 'all' | 'web' | 'worker'
  readonly host: string
  readonly port: number
  /** The one address under which browsers know us: `https://ib.bank.example`. */
  readonly publicOrigin: string
  /** True when nobody set PUBLIC_ORIGIN, so it was made from the port. */
  readonly publicOriginIsDefault: boolean
  /** Where the software token is served: an origin of its own, which no page of the bank can read. */
  readonly devicePort: number
  readonly deviceOrigin: string
  readonly deviceOriginIsDefault: boolean
  /** 電子証明書の受付窓口: another origin, where browsers are asked for their certificate. */
  readonly certificateEntry: CertificateEntryConfig
  readonly databaseUrl: string | null // null: the embedded server
  readonly databaseAppUrl: string | null
  readonly dataDir: string
  readonly pgBinDir: string | null
  readonly logLevel: (typeof logLevels)[number]
  /** Where the log goes; null: standard output. The demo keeps the terminal free for people. */
  readonly logFile: string | null
  readonly trustedProxies: readonly string[]
  readonly passwordProfile: 'guide' | 'modern'
  readonly sessionIdleMinutes: number
  readonly sessionAbsoluteHours: number
  /** The bank's mail server; null: no mail leaves the house. Holds a password. */
  readonly smtpUrl: string | null
  readonly mailFrom: string // 差出人
  readonly metricsPort: number | null
  readonly metricsToken: string | null
  /** The demo world with its printed logins; never by default on a bank's own database. */
  readonly demo: boolean
  readonly drainSeconds: number
  /** How long /readyz says 503 before the listener closes, for balancers that poll. */
  readonly drainDelaySeconds: number
  readonly bankParametersFile: string | null
  /** 鍵管理: the file vault stands in `dataDir`; a token's PIN comes from a file, never from here. */
  readonly keyVault:
    | { readonly kind: 'file' }
    | {
        readonly kind: 'pkcs11'
        readonly modulePath: string
        readonly tokenLabel: string
        readonly pinFile: string
      }
}

export type ReadConfig = { readonly config: Config } | { readonly mistakes: readonly string[] } // one sentence per variable

export function readConfig(environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  // An empty variable is one that nobody set: `PORT= npm start` and compose files make these.
  const set = Object.entries(environment).filter(([, value]) => value?.trim())
  const read = Environment.safeParse(Object.fromEntries(set))
  if (!read.success) return { mistakes: read.error.issues.map(sentence) }

  const variables = read.data
  const demo = variables.DEMO ?? variables.DATABASE_URL === undefined
  const publicOrigin = variables.PUBLIC_ORIGIN ?? `http://localhost:${variables.PORT}`
  if (variables.ROLE !== 'all' && variables.DATABASE_URL === undefined) {
    // The built-in server lives and dies with one process.
    return { mistakes: [`ROLE ${variables.ROLE} needs DATABASE_URL, a server that many share`] }
  }
  if (variables.SMTP_URL !== undefined && variables.MAIL_FROM === undefined) {
    return { mistakes: ['SMTP_URL needs MAIL_FROM, the address that the bank writes from'] }
  }
  const mistake = mistakeInOrigin(publicOrigin)
  if (mistake) return { mistakes: [`PUBLIC_ORIGIN ${mistake}`] }
  const keyVault = chosenKeyVault(variables)
  if ('mistakes' in keyVault) return keyVault
  const deviceOrigin = variables.DEVICE_ORIGIN ?? `http://localhost:${variables.DEVICE_PORT}`
  const deviceMistake = mistakeInDeviceOrigin(deviceOrigin, publicOrigin)
  if (deviceMistake) return { mistakes: [`DEVICE_ORIGIN ${deviceMistake}`] }
  const certificateEntry = certificateEntryOf(variables, { demo, publicOrigin })
  if ('mistakes' in certificateEntry) return certificateEntry

  return {
    config: {
      role: variables.ROLE,
      host: variables.HOST,
      port: variables.PORT,
      publicOrigin: new URL(publicOrigin).origin,
      publicOriginIsDefault: variables.PUBLIC_ORIGIN === undefined,
      devicePort: variables.DEVICE_PORT,
      deviceOrigin: new URL(deviceOrigin).origin,
      deviceOriginIsDefault: variables.DEVICE_ORIGIN === undefined,
      certificateEntry,
      databaseUrl: variables.DATABASE_URL ?? null,
      databaseAppUrl: variables.DATABASE_APP_URL ?? null,
      dataDir: variables.DATA_DIR,
      pgBinDir: variables.PG_BIN_DIR ?? null,
      logLevel: variables.LOG_LEVEL,
      logFile: variables.LOG_FILE ?? (demo ? join(variables.DATA_DIR, 'bank.log') : null),
      trustedProxies: variables.TRUSTED_PROXIES,
      passwordProfile: variables.PASSWORD_PROFILE,
      sessionIdleMinutes: variables.SESSION_IDLE_MINUTES,
      sessionAbsoluteHours: variables.SESSION_ABSOLUTE_HOURS,
      smtpUrl: variables.SMTP_URL ?? null,
      mailFrom: variables.MAIL_FROM ?? 'no-reply@bank.example',
      metricsPort: variables.METRICS_PORT ?? null,
      metricsToken: variables.METRICS_TOKEN ?? null,
      demo,
      drainSeconds: variables.DRAIN_SECONDS,
      drainDelaySeconds: variables.DRAIN_DELAY_SECONDS,
      bankParametersFile: variables.BANK_PARAMETERS ?? null,
      keyVault,
    },
  }
}

function chosenKeyVault(
  variables: z.infer<typeof Environment>,
): Config['keyVault'] | { readonly mistakes: readonly string[] } {
  if (variables.KEY_VAULT === 'file') return { kind: 'file' }
  const { PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN_FILE } = variables
  if (PKCS11_MODULE && PKCS11_TOKEN && PKCS11_PIN_FILE) {
    return {
      ...{ kind: 'pkcs11', modulePath: PKCS11_MODULE },
      ...{ tokenLabel: PKCS11_TOKEN, pinFile: PKCS11_PIN_FILE },
    }
  }
  const unset = Object.entries({ PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN_FILE })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name} is needed by KEY_VAULT pkcs11`)
  return { mistakes: unset }
}

/** What main prints before it leaves with exit 78. */
export function mistakesInWords(mistakes: readonly string[]): string {
  return ['The configuration is wrong:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n')
}

/** A browser keeps our `Secure` cookies only over https, or on the machine itself. */
function mistakeInOrigin(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address such as https://ib.bank.example'
  const { protocol, hostname, pathname, search, hash, username } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return 'does not begin with https://'
  if (pathname !== '/' || search || hash || username) return 'is more than scheme, host and port'
  const onThisMachine = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  if (protocol === 'http:' && !onThisMachine) return 'must be https:// for any host but localhost'
  return null
}

/** One origin for both would let a hole in the bank's pages reach the keys of the device. */
function mistakeInDeviceOrigin(text: string, publicOrigin: string): string | null {
  const mistake = mistakeInOrigin(text)
  if (mistake !== null) return mistake
  const isSame = new URL(text).origin === new URL(publicOrigin).origin
  // Port 0 is any free one, so two of them are never the same.
  return isSame && new URL(text).port !== '0'
    ? 'must differ from PUBLIC_ORIGIN; DEVICE_PORT moves it'
    : null
}

/** Nothing behind the host: an option that is not known here would be passed over in silence. */
function isMailServer(text: string): boolean {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return false
  const { hostname, pathname, search, hash } = new URL(text)
  return hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === ''
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
}

function sentence({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${String(path[0])} ${message.replace(/^Invalid/, 'is not valid: invalid')}`
}
