/** ソフトウェアトークン — what a device may ask, on its own listener. */
import { isId, type CompanyId } from '#kit/ids.ts'
import type { Database } from '#platform/database/database.ts'
import { refuse, routes, type Routes } from '#platform/http/routes.ts'
import type { RegistrationNeeds } from '../registration.ts'
import { issueVoucher, provision } from '../software-tokens.ts'
import { deviceContract } from './contract.ts'

export interface DemoCompanies {
  (database: Database): Promise<readonly { readonly id: CompanyId; readonly name: string }[]>
}

/** @param demoCompanies whose token one button fetches; null outside of the demo */
export function deviceRoutes(
  needs: RegistrationNeeds,
  demoCompanies: DemoCompanies | null,
): Routes {
  const { database, parameters } = needs
  const { taken, amountCap } = parameters.softwareTokens
  return routes(deviceContract, {
    showDevicePolicy: async () => ({
      softwareTokens: taken,
      amountCap: amountCap?.toString() ?? null,
      demoCompanies: demoCompanies === null ? [] : [...(await demoCompanies(database))],
    }),
    provisionSoftwareToken: async ({ input, ...came }) => {
      const made = await provision(needs, input.body, came)
      return 'refuse' in made ? refuse(made.refuse) : made
    },
    fetchDemoVoucher: async ({ input, ...came }) => {
      if (demoCompanies === null) return refuse('not-in-the-demo')
      const { companyId } = input.body
      const known = await demoCompanies(database)
      const company = isId(companyId) ? known.find(({ id }) => id === companyId) : undefined
      if (company === undefined) return refuse('company-unknown')
      const voucher = await database.asBank((tx) =>
        issueVoucher(needs, tx, { companyId: company.id, by: 'demo', came }),
      )
      return { voucher }
    },
  })
}
