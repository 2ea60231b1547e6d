/** The capabilities that exist at this counter. A new one adds its line here and nothing else. */
import { balanceInquiryScreens } from '#balance-inquiry/web/index.ts'
import { homeScreens } from '#home/web/index.ts'
import { identityScreens } from '#identity/web/index.ts'
import { noticesScreens } from '#notices/web/index.ts'
import { operationHistoryScreens } from '#operation-history/web/index.ts'
import type { Screens } from '#ui/screens.ts'

export const capabilities: readonly Screens[] = [
  identityScreens,
  homeScreens,
  noticesScreens,
  operationHistoryScreens,
  balanceInquiryScreens,
]
