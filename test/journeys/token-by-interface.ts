/** A registered camera token for a journey whose story is another one: over the interface, by a device in Node. */
import type { Page } from '@playwright/test'
import {
  agreeFactoryKey,
  agreementKeyBytes,
  newAgreementPair,
  readAgreementKey,
} from '../../src/kit/ctp1/agreement.ts'
import { testDevice, type TestDevice } from '../device.ts'
import type { OpenBank } from './bank.ts'

/** @param page logged in, at トランザクション認証利用開始登録; afterwards at 注意喚起 */
export async function registerToken(page: Page, bank: OpenBank): Promise<TestDevice> {
  const { device, serial } = await softwareToken(bank)
  const first = await asked(page, '', { serial, serialAgain: serial })
  const authenticationCode = await device.readFirst(first.scan.qr)
  const second = await asked(page, '/authentication-code', { authenticationCode })
  const transactionCode = await device.readSecond(second.scan.qr)
  await device.activate()
  await asked(page, '/completion', { transactionCode, activated: true })
  await page.reload()
  return device
}

/** A new serial number of the demo's first company, and the device that has it. */
export async function softwareToken({ deviceAddress }: OpenBank) {
  const call = async (path: string, body?: object) => {
    const answer = await fetch(deviceAddress + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { origin: deviceAddress, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever came
    return (await answer.json()) as any
  }
  const { demoCompanies } = await call('/api/device')
  const { voucher } = await call('/api/demo-voucher', { companyId: demoCompanies[0].id })
  const { privateKey, publicKey } = await newAgreementPair('device')
  const ownKey = Buffer.from(await agreementKeyBytes(publicKey)).toString('base64url')
  const made = await call('/api/software-tokens', { voucher, publicKey: ownKey })
  const bytes = new Uint8Array(Buffer.from(made.serverPublicKey, 'base64url'))
  const factoryKey = await agreeFactoryKey(privateKey, (await readAgreementKey(bytes))!)
  const { serial } = made as { serial: string }
  return { serial, device: await testDevice({ serial, factoryKey, software: true }) }
}

/** From within the page, as its own script would. */
function asked(page: Page, path: string, body: object) {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever came
  const script = async ([url, text]: string[]): Promise<any> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url!, { method: 'POST', headers, body: text! })
    return answer.status === 204 ? null : answer.json()
  }
  return page.evaluate(script, [`/api/token-registration${path}`, JSON.stringify(body)])
}
