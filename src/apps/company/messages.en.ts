/** The words of the counter's frame. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  service: 'Corporate Internet Banking',
  institutions: {
    'core-banking': 'the core system',
    'zengin-net': 'the other banks',
    mail: 'the mail server',
  },
  listed: ', ',
  simulated: (institutions: string) =>
    `A simulator stands in for ${institutions}. No real money moves.`,
  skip: 'Skip to the content',
  person: ({ name, role }) => (role === '' ? name : `${name} (${role})`),
  previousLogin: 'Last login',
  firstLogin: 'This is your first login',
  menu: 'Menu',
  subMenu: 'Services of this menu',
  groups: {
    top: 'Top',
    inquiry: 'Inquiry',
    transfers: 'Transfers',
    'bulk-orders': 'Bulk orders',
    approvals: 'Approval',
    'tax-payments': 'Taxes and bills',
    densai: 'Densai',
    fx: 'Foreign exchange',
    administration: 'Administration',
  },
  chooseBusinessLead: 'Please choose the service that you want to use.',
  toTop: 'To the top page',
  toLogin: 'To the login page',
  again: 'Try again',
  ended: {
    title: 'Session timeout',
    loggedOutTitle: 'Log out',
    otherTitle: 'You have been logged out',
  },
  missing: {
    title: 'Page not found',
    says: 'There is no such page. The address may have changed or been mistyped.',
  },
  forbidden: 'Not available',
}
