/** Issue and renewal of certificates: the sentences, in English. */
import type { ja } from './messages.ja.ts'

const triesLeft = (left: string) =>
  left === '' || left === '0' ? '' : ` ${left} ${left === '1' ? 'try' : 'tries'} left.`

export const en: typeof ja = {
  issue: {
    title: 'Issue a certificate',
    lead: 'Enter your login ID and your login password, and press “Authenticate”.',
    steps: ['Authenticate', 'Confirm', 'Issue', 'Done'],
    authentication: 'Authentication',
    loginId: 'Login ID',
    loginPassword: 'Login password',
    loginIdMissing: 'Enter your login ID.',
    loginPasswordMissing: 'Enter your login password.',
    authenticate: 'Authenticate',
    before: 'Please have ready',
    needs: [
      'Your login ID and your login password',
      'Your registered camera token, or the letter with the certificate code that the bank sent you',
      'The computer that will use the certificate (you can log in from computers that hold it only)',
    ],
    toLogin: 'To the login page',
  },
  own: {
    title: 'Renew your certificate',
    lead: 'See until when your certificate is valid. It can be renewed here when its end comes near.',
    present: 'Your present certificate',
    serialNumber: 'Certificate number',
    issuedAt: 'Issued at',
    validUntil: 'Valid until',
    none: 'You have no valid certificate.',
    noneSays: 'To log in with a certificate, issue one from the login page.',
    renewable: 'Your certificate can be renewed. Please do so before it ends.',
    notYet: ({ from }) => `This certificate can be renewed from ${from}.`,
    renewed: 'It has been renewed. Import the new certificate, and log in with that one next time.',
    renewedSays:
      'The present certificate ends with your first login by the new one. If you lost the new file, you can renew again.',
    renew: 'Renew',
    renewAgain: 'Renew again',
    steps: ['Renew', 'Confirm', 'Issue', 'Done'],
    toTop: 'To the top page',
  },
  confirm: {
    title: 'Confirm the issue',
    lead: 'A certificate is issued for this user. Check the facts, prove who you are, choose a passphrase, and press “Issue”.',
    holder: 'For this user',
    companyName: 'Company',
    userName: 'User',
    loginId: 'Login ID',
    identity: 'Prove who you are',
    letterLead:
      'You have no camera token yet, so the letter that the bank sent you proves who you are.',
    letterCode: 'Certificate code',
    letterCodeHint:
      'Enter it as it stands in the letter. Hyphens may be left out, and small letters used.',
    letterCodeMissing: 'Enter the certificate code.',
    file: 'Passphrase of the certificate file',
    fileLead:
      'The certificate is saved on this computer as a file, protected by a passphrase. You need it to import the file, so please remember it.',
    passphrase: 'Passphrase',
    passphraseAgain: 'Passphrase (again)',
    rules: ({ lengthMin, lengthMax }) => [
      `${lengthMin} to ${lengthMax} half-width letters, digits and signs; upper and lower case are told apart`,
      'It must differ from your login ID and your passwords',
      'It is not sent to the bank: if you forget it, nobody can look it up.',
    ],
    back: 'Back',
    submit: 'Issue',
  },
  passphraseFaults: {
    required: ({ field }) => `${field}: please enter it.`,
    'too-short': ({ field, lengthMin }) => `${field}: enter at least ${lengthMin} characters.`,
    'too-long': ({ field, lengthMax }) => `${field}: enter at most ${lengthMax} characters.`,
    'not-half-width': ({ field }) =>
      `${field}: use half-width letters, digits and signs only, without spaces.`,
    'same-as-login-id': ({ field }) => `${field}: must differ from the login ID.`,
    differs: () => 'The two passphrases are not the same.',
  },
  processing: {
    title: 'Issuing the certificate',
    lead: 'The certificate is being issued. Please do not close this page or go back.',
    stages: {
      key: 'Making a key on this computer',
      certificate: 'The bank is issuing the certificate',
      file: 'Making the certificate file on this computer',
    },
  },
  issued: {
    title: 'Certificate issued',
    done: 'Your certificate was issued.',
    doneSays:
      'The certificate file was saved on this computer. If it was not, press the button below.',
    file: 'Certificate file',
    fileName: 'File name',
    validUntil: 'Valid until',
    save: 'Save the file',
    coolDown: ({ until }) => `Transfers and other orders are restricted until ${until}.`,
    coolDownSays:
      'Because a certificate was issued anew, orders are not taken for a while, to prevent harm by a fraudulent issue. If this was not you, call your branch at once.',
    caution: 'Do not leave the file on the computer',
    cautionSays:
      'With this file and its passphrase the certificate can be used on any computer. Once it is imported, delete the file and empty the bin. Do not send it by mail or put it into a shared folder.',
    guide: 'How to import the certificate',
    saved: 'I have made sure that the file was saved.',
    savedFirst: 'Please tick “I have made sure that the file was saved.”',
    guides: {
      windows: {
        name: 'Windows (Chrome, Edge)',
        steps: [
          'Double-click the saved file.',
          'The Certificate Import Wizard opens. Choose “Current User” and press “Next” twice.',
          'Enter the passphrase as the password. Leave “Mark this key as exportable” unticked, and press “Next”.',
          'Choose “Automatically select the certificate store based on the type of certificate”, then “Next” and “Finish”. If you are asked about a root certificate, press “Yes”.',
          'Close all windows of Chrome or Edge, open it again, and log in.',
        ],
      },
      mac: {
        name: 'macOS (Safari, Chrome, Edge)',
        steps: [
          'Double-click the saved file. Keychain Access opens.',
          'Choose the “login” keychain.',
          'Enter the passphrase and press “OK”.',
          'Quit the browser, open it again, and log in. If you are asked whether the key may be used, enter the password of your Mac and press “Allow”.',
        ],
      },
      firefox: {
        name: 'Firefox',
        steps: [
          'Open the settings of Firefox and, under “Privacy & Security”, press “View Certificates”.',
          'Under “Your Certificates” press “Import” and choose the saved file.',
          'Enter the passphrase and press “OK”.',
        ],
      },
    },
  },
  leaving: {
    title: 'Leave this page?',
    says: 'It is not yet sure that the certificate file was saved. Once you leave, you cannot get it any more.',
    stay: 'Stay on this page',
    leave: 'Leave',
  },
  refusals: {
    busy: 'The service is busy. Please try again in a moment.',
    'login-paused': ({ until }) =>
      `Login is suspended after repeated wrong login passwords. Try again after ${until}.`,
    'login-stopped':
      'Login is stopped after too many wrong login passwords. Contact your administrator or your branch.',
    'login-failed': 'The login ID or the login password is not correct.',
    'user-stopped': 'Your use was stopped by an administrator. Contact your administrator.',
    'company-stopped': 'This contract cannot be used at present. Contact your branch.',
    'outside-service-hours': ({ from, to }) =>
      from === ''
        ? 'The service is closed today.'
        : `The service is closed now. Its hours are ${from} to ${to}.`,
    'certificates-not-used':
      'Your company logs in with ID and password. No certificate can be issued.',
    'certificate-still-valid': ({ validUntil }) =>
      `You have a valid certificate (until ${validUntil}), so none can be issued. If you change computers, your administrator must revoke it first.`,
    'authentication-over':
      'Too much time has passed. Please enter your login ID and your login password again.',
    'request-malformed':
      'The certificate could not be issued. Please reload the page and try again.',
    'key-not-taken': 'This kind of key is not taken. Please try another browser.',
    'letter-code-wrong': ({ triesLeft: left }) =>
      `The certificate code is not correct.${triesLeft(left)}`,
    'letter-code-spent':
      'This certificate code cannot be used: it was used, has expired, or was entered wrongly too often. Contact your branch.',
    'no-certificate': 'You have no valid certificate.',
    'not-renewable-yet': 'This certificate cannot be renewed yet. The page says from when it can.',
    'administrator-required': 'Only the master user and administrators can do this.',
    'certificate-unknown': 'There is no such certificate. Please show the list again.',
    'confirmation-unregistered': 'No confirmation password is registered.',
    'confirmation-paused': ({ until }) =>
      `Use is suspended after repeated wrong confirmation passwords. Try again after ${until}.`,
    'confirmation-stopped':
      'Use is stopped after too many wrong confirmation passwords. Contact your administrator or your branch.',
    'confirmation-wrong': 'The confirmation password is not correct.',
    'certificate-over':
      'This certificate is revoked or has expired already. Please show the list again.',
  },
}
