/** What the bank is started with: the environment and the bank's parameters, read once and checked. */
import { mkdirSync } from 'node:fs'
import { yen } from '#kit/yen.ts'
import type { Clock } from '#outside/clock/port.ts'
import { readBankParameters, type BankParameters } from '#platform/bank-parameters.ts'
import {
  exitOfWrongConfiguration,
  mistakesInWords,
  readConfig,
  type Config,
} from '#platform/config.ts'
import { createLog, toFile, type Log } from '#platform/log.ts'

export interface Settings {
  readonly config: Config
  readonly parameters: BankParameters
  readonly log: Log
  readonly clock: Clock
}

/** Leaves with exit 78 and every mistake named, where there is one. */
export function readSettings(clock: Clock): Settings {
  const read = readConfig(process.env)
  const file = 'config' in read ? read.config.bankParametersFile : null
  const bank = readBankParameters(file)
  if ('mistakes' in read || 'mistakes' in bank) {
    const mistakes = [read, bank].flatMap((part) => ('mistakes' in part ? part.mistakes : []))
    process.stderr.write(`${mistakesInWords(mistakes)}\n`)
    return process.exit(exitOfWrongConfiguration)
  }
  const { config } = read
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const log = createLog(config, config.logFile === null ? undefined : toFile(config.logFile))
  return { config, parameters: bank.parameters, log, clock }
}

/** The parameters of the login, as `identity` takes them. */
export function identityParameters({ config, parameters }: Settings) {
  const { loginLock, confirmationLock, serviceHours, coolDownHours } = parameters
  return {
    ...{ passwordProfile: config.passwordProfile, loginLock, confirmationLock, serviceHours },
    coolDownHours,
    session: {
      idleMinutes: config.sessionIdleMinutes,
      warningMinutes: parameters.sessionWarningMinutes,
      absoluteHours: config.sessionAbsoluteHours,
    },
  }
}

/** Those of the camera token; the demo always takes software tokens. */
export function tokenParameters({ config, parameters }: Settings) {
  const { softwareTokens, rightsNeedingToken, ...same } = parameters.tokens
  const { taken, amountCapYen, voucherHours } = softwareTokens
  return {
    ...same,
    ...(rightsNeedingToken !== null && { rightsNeedingToken }),
    softwareTokens: {
      taken: taken || config.demo, // else nobody could try the demo
      amountCap: amountCapYen === null ? null : yen(BigInt(amountCapYen)),
      voucherHours,
    },
  }
}
