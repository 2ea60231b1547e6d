/** 電子証明書ログイン — the same pages in English. */
import type { ja, PageName, PageWords } from './messages.pages.ja.ts'

const chooseAgain =
  'Close every window of the browser, open it again, press “Log in with a certificate” on the login page, and choose the certificate anew.'
const issue = 'Press “Issue a certificate” on the login page.'
const askAdministrator = 'Ask your company’s administrator, or your branch.'

export const en: Omit<typeof ja, 'pages'> & {
  readonly pages: Readonly<Record<PageName, PageWords>>
} = {
  service: 'Corporate Internet Banking',
  title: 'Certificate login',
  whatHappened: 'You could not log in',
  whatToDo: 'What you can do',
  loginId: 'Login ID',
  validUntil: 'Valid until',
  serialNumber: 'Certificate number',
  inquiryNumber: 'Inquiry number',
  toLogin: 'To the login page',
  warning: 'Our staff never guides you by telephone to issue or renew a certificate.',
  pages: {
    'certificate-missing': {
      happened: 'No certificate was shown.',
      ways: [
        'See whether your certificate is on this computer. It can be used only where it was imported.',
        chooseAgain,
        `If you have no certificate: ${issue}`,
      ],
    },
    'certificate-foreign': {
      happened: 'The certificate you chose was not issued by us for this service.',
      ways: [chooseAgain, 'The name of the certificate is your login ID.'],
    },
    'certificate-unknown': {
      happened: 'The certificate you chose is not registered with us.',
      ways: [chooseAgain, askAdministrator],
    },
    'certificate-revoked': {
      happened: 'The certificate you chose has been revoked.',
      ways: [
        `If you have a new certificate: ${chooseAgain}`,
        `If you have none: ${issue}`,
        `If you know nothing of the revocation: ${askAdministrator}`,
      ],
    },
    'certificate-superseded': {
      happened: 'The certificate you chose was replaced by a new one and can no longer be used.',
      ways: [chooseAgain, `If you know nothing of a new one: ${askAdministrator}`],
    },
    'certificate-expired': {
      happened: 'The certificate you chose has expired.',
      ways: [`If you have a new certificate: ${chooseAgain}`, `If you have none: ${issue}`],
    },
    'certificate-not-yet-valid': {
      happened: 'The certificate you chose is not valid yet.',
      ways: ['Wait a little and try again.', askAdministrator],
    },
    'certificate-of-another-id': {
      happened: 'The login ID of the certificate you chose differs from your present login ID.',
      ways: [chooseAgain, askAdministrator],
    },
    'entry-missing': {
      happened: 'This page cannot be opened directly.',
      ways: ['Press “Log in with a certificate” on the login page.'],
    },
    'too-many-requests': {
      happened: 'There were many requests within a short time.',
      ways: ['Wait about a minute and try again.'],
    },
    'no-such-page': {
      happened: 'There is no such page.',
      ways: ['Start from the login page.'],
    },
    fault: {
      happened: 'We cannot do this right now. We apologise for the inconvenience.',
      ways: [
        'Wait a little and try again.',
        'If it continues, tell your branch the inquiry number below.',
      ],
    },
  },
}
