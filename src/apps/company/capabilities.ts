/** The capabilities that exist at this counter. A new one adds its line here and nothing else. */
import { approvalsScreens } from '#approvals/web/index.ts'
import { balanceInquiryScreens } from '#balance-inquiry/web/index.ts'
import { certificatesScreens } from '#certificates/web/index.ts'
import { homeScreens } from '#home/web/index.ts'
import { identityScreens } from '#identity/web/index.ts'
import { noticesScreens } from '#notices/web/index.ts'
import { operationHistoryScreens } from '#operation-history/web/index.ts'
import { tokenScreens } from '#token/web/index.ts'
import { transfersScreens } from '#transfers/web/index.ts'
import type { Screens } from '#ui/screens.ts'

export const capabilities: readonly Screens[] = [
  identityScreens,
  certificatesScreens,
  homeScreens,
  noticesScreens,
  tokenScreens,
  operationHistoryScreens,
  balanceInquiryScreens,
  approvalsScreens,
  transfersScreens,
]
