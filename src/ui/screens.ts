/**
 * How a capability hands its screens to the counter: pages with their addresses, and where they
 * stand in the menu. The shell (apps/company) makes the router and the menu bar from these lists;
 * a word stands in the menu only when a page is behind it and the user may use it.
 */
import type { ComponentType } from 'react'
import type { Right } from '#kit/rights.ts'
import type { Language, Visitor } from '#kit/visitor.ts'

/** The buttons of the guide's menu bar (手順 5), in their order. */
export const menuGroups = [
  'top', // トップ
  'inquiry', // 照会
  'transfers', // 振込振替
  'bulk-orders', // データ伝送
  'approvals', // 承認
  'tax-payments', // 税金・各種料金の払込み
  'densai', // でんさいサービス
  'fx', // 外為サービス
  'administration', // 管理
] as const
export type MenuGroup = (typeof menuGroups)[number]

export interface MenuEntry {
  readonly group: MenuGroup
  /** Small numbers first within the group. */
  readonly order: number
  /** The menu word; the page's h1 says the same. */
  readonly label: Readonly<Record<Language, string>>
  /** One sentence for the 業務選択 page of the group. */
  readonly says: Readonly<Record<Language, string>>
  readonly path: string
  /** Who sees it; everybody who is signed in when left out. One of the rights is enough. */
  readonly rights?: readonly Right[]
}

export interface PageRoute {
  /** TanStack Router's form: `/statements/$accountKey`. */
  readonly path: string
  /** The screen, in a chunk of its own: `async () => (await import('./balances.tsx')).Balances` */
  readonly load: () => Promise<ComponentType>
  /** `anyone`: no session; `signing-in`: after the password; `signed-in` when left out. */
  readonly who?: 'anyone' | 'signing-in' | 'signed-in'
  readonly rights?: readonly Right[]
  /** Reads the address's search part; what it does not name is dropped. */
  readonly search?: (raw: Record<string, unknown>) => Record<string, unknown>
}

export interface Screens {
  readonly menu: readonly MenuEntry[]
  readonly pages: readonly PageRoute[]
}

/** Who is looking, as every screen may know it. */
export type Viewer = Pick<Visitor, 'companyName' | 'userName' | 'loginId' | 'role' | 'rights'>

export function allows(viewer: Viewer, needed: readonly Right[] | undefined): boolean {
  return needed === undefined || needed.some((right) => viewer.rights.has(right))
}
