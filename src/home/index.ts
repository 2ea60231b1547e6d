/** トップ — asks the other doors and holds nothing of its own: the door. */
import type { Routes } from '#platform/http/routes.ts'
import type { HomeNeeds } from './needs.ts'
import { homeRoutes } from './routes.ts'

export type { UnapprovedOrder } from './contract.ts'
export type { HomeNeeds } from './needs.ts'
export type { UnapprovedOrders } from './unapproved.ts'

export function createHome(needs: HomeNeeds): { readonly routes: Routes } {
  return { routes: homeRoutes(needs) }
}
