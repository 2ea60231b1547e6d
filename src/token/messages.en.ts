/** The sentences of the camera token's screens. */
import type { ja } from './messages.ja.ts'

interface Tries {
  readonly triesLeft: string
}

const triesText = ({ triesLeft }: Tries) =>
  triesLeft === '0'
    ? 'This 2D code takes no more tries. Please show a new one and scan it.'
    : triesLeft === ''
      ? 'Please check what the device shows.'
      : `Please check what the device shows (${triesLeft} ${triesLeft === '1' ? 'try' : 'tries'} left).`

export const en: typeof ja = {
  registration: {
    title: 'Registration for transaction authentication',
    transactionTitle: 'Transaction authentication',
    steps: {
      serial: 'Serial number',
      'authentication-code': 'Token authentication',
      'transaction-code': 'Transaction authentication',
    },
    sharedSteps: {
      serial: 'Choice of the token',
      'transaction-code': 'Transaction authentication',
    },
    lead: 'For the safety of transfers and other orders, please register your camera token. Have it at hand.',
    next: 'Next',
    restart: 'Start over',
    renewed:
      'A new 2D code is shown. Please switch the camera token off and on, and begin from the first step.',
    restarted: 'The registration begins anew. Please type the serial number.',
    notDue: 'No registration is needed.',
    serialShown: (serial) => `Serial number ${serial}`,
  },
  serial: {
    card: 'Register a new token',
    says: 'Please type the serial number twice. It is printed on the back of the camera token.',
    pictureLabel: 'Back',
    serial: 'Serial number',
    serialAgain: 'Serial number (again)',
    hint: 'Up to 12 digits',
    hintAgain: 'Once more, to be sure.',
    serialMissing: 'Please type the serial number.',
    serialAgainMissing: 'Please type the serial number once more.',
  },
  shared: {
    card: 'Use a registered token',
    says: 'You can share a token that another user of your company has registered. Please choose the token code of the token at hand.',
    tokenCode: 'Token code',
    hint: 'To see the token code, hold the left and the centre button, and choose “Token info” from the “Menu”.',
    option: ({ tokenCode, serialEnd, users }) =>
      `${tokenCode} (serial number ending in ${serialEnd}, ${users})`,
    missing: 'Please choose a token code.',
    submit: 'Use a registered token',
  },
  skip: {
    says: (until) => `Until ${until} you may also register later.`,
    submit: 'Register later',
  },
  device: {
    hold: 'hold',
    times: (count) => `× ${count}`,
  },
  authenticationCode: {
    card: 'Token authentication',
    switchOn: 'Hold the centre button to switch it on. The screen shows [DP002].',
    camera: 'Press the right button once. The camera starts.',
    scan: 'Scan the 2D code. The screen shows a number of 12 digits.',
    field: 'Token authentication code (12 digits)',
    hint: 'Type the number that the device shows.',
    submit: 'Authenticate token',
    missing: 'Please type the token authentication code.',
    malformed: 'The token authentication code has 12 digits.',
    ofAnotherStep:
      'This is a transaction authentication number (8 digits). Please scan the 2D code and type the token authentication code (12 digits).',
  },
  transactionCode: {
    card: 'Scan of the 2D code',
    camera: 'Press the right button three times to go on. The camera starts.',
    scan: 'Scan the new 2D code. The screen shows a number of 8 digits.',
    switchOn: 'Hold the centre button to switch it on.',
    cameraShared: 'Press the right button once. The camera starts.',
    scanShared:
      'Scan the 2D code and page on with the right button. The last screen shows 8 digits.',
    field: 'Transaction authentication number (8 digits)',
    hint: 'Type the number that the device shows.',
    missing: 'Please type the transaction authentication number.',
    malformed: 'The transaction authentication number has 8 digits.',
    activation: 'Complete the registration on the device',
    activate:
      'Within 90 seconds, press the right button twice and check that the screen shows “The device is activated.”',
    activated: 'Registered',
    activatedHint: 'Tick this only after the device has shown “The device is activated.”',
    renewFirst: 'Show the first 2D code again',
    submit: 'Confirm',
  },
  never: 'Never tell the number to a caller.',
  neverWhy: 'The bank never asks for it by telephone or mail.',
  trouble: {
    title: 'If it does not work',
    says: [
      'If the camera does not read the code, hold it 10 to 20 cm away and make the screen brighter.',
      'If [DP002] is not shown, the device still has an older registration. Press the right button once, scan the 2D code, and answer “Yes” to “Replace registration”.',
      'If the device went off, or back to [DP002] after 90 seconds, choose “Start over”.',
    ],
  },
  caution: {
    title: 'Important notes',
    done: 'Your camera token is registered.',
    card: 'Please read before your first order',
    points: [
      [
        'Tell the numbers to nobody',
        'No bank clerk and no police officer asks for them by telephone, mail or text message. Hang up and call your branch.',
      ],
      [
        'Check what the device shows before you type',
        'Payee and amount on the device must be those of your order. If they are not, do not type the number, and call your branch.',
      ],
      [
        'Type nothing on a page that you did not expect',
        'If you are asked to scan a 2D code or to type a number that belongs to no order of yours, stop. The page may be forged.',
      ],
      [
        'Keep the token away from the PC',
        'Lock it up. Never photograph or send its serial number or a 2D code.',
      ],
      [
        'Check the times of login',
        'The top page shows your last three logins. If you do not know one of them, call your branch.',
      ],
      [
        'Suspend a lost token at once',
        'Under “Administration” in the menu, “Suspension of the token” stops it at any time.',
      ],
    ],
    ok: 'OK',
  },
  suspension: {
    title: 'Suspension of the token',
    lead: 'If your camera token is lost or stolen, please suspend it at once.',
    card: 'Please read before you suspend it',
    effects: [
      'From then on the token authenticates no order.',
      'If you share the token, the other users cannot use it either.',
      'To use it again, another administrator must release it, or you go to your branch.',
    ],
    submit: 'Suspend the token',
    ask: 'Suspend the token?',
    askSays: 'You cannot release it yourself.',
    cancel: 'Cancel',
    done: 'The token is suspended.',
    doneSays:
      'If you do not find it, ask your branch for a new one. If you find it, ask an administrator to release it.',
  },
  refusals: {
    'session-over': 'Your login has changed. Please open the page anew.',
    'token-registration-not-due': 'No registration is needed.',
    'serial-malformed': 'The serial number has up to 12 digits.',
    'serials-differ': 'The two serial numbers are not the same.',
    'serial-unknown':
      'The token with this serial number cannot be registered. Please check the number on its back. If it is right, call your branch.',
    'serial-stopped':
      'This token cannot be used: it was lost or discarded. Please call your branch.',
    'serial-registered':
      'This token is registered already. To share it, choose “Use a registered token”.',
    'too-many-challenges':
      'No more 2D codes can be shown for now. Please try again in about an hour.',
    'registration-not-started':
      'The registration begins anew. Please type the serial number once more.',
    'too-many-authentication-codes':
      'There were too many wrong token authentication codes. Please try again in about 24 hours, or call your branch.',
    'scan-expired': 'The time for this 2D code is over. Please show a new one and scan it.',
    'scan-spent': 'This 2D code cannot be used any more. Please show a new one and scan it.',
    'code-of-another-step':
      'This is a token authentication code (12 digits). Please scan the 2D code and type the transaction authentication number (8 digits).',
    'code-malformed': 'The transaction authentication number has 8 digits.',
    'authentication-code-wrong': (tries) =>
      `The token authentication code is not right. ${triesText(tries)}`,
    'token-code-unknown': 'The token with this token code cannot be used. Please choose again.',
    'token-suspended': 'This token is suspended. Please ask your administrator or your branch.',
    'not-activated':
      'Please check that the device shows “The device is activated.”, and tick “Registered”.',
    'code-wrong': (tries) =>
      `The transaction authentication number is not right. ${triesText(tries)}`,
    'not-skippable': 'The time for registering later is over. Please register the token now.',
    'administrator-required': 'Only administrators may manage tokens.',
    'token-unknown': 'This user has no token. Please open the page anew.',
    'token-in-use': 'A token that was used for an order cannot be reset.',
    'own-token':
      'You cannot release, detach or reset a suspended token that you use yourself. Please ask another administrator or your branch.',
    'token-not-suspended': 'This token is not suspended.',
    'token-missing':
      'There is no token to suspend: none is registered, or it is suspended already.',
    busy: 'We are busy right now. Please try again in a little while.',
    'confirmation-unregistered': 'No confirmation password is registered.',
    'confirmation-paused':
      'The confirmation password is paused after several wrong ones. Please try again in a little while.',
    'confirmation-stopped':
      'The confirmation password is stopped after too many wrong ones. Please ask your administrator or your branch.',
    'confirmation-wrong': 'The confirmation password is not right.',
  },
}
