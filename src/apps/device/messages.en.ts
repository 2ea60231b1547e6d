/** The device's words in English. */
import { en as signature } from '#ui/signature.messages.en.ts'
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  title: 'Camera token',
  standing: {
    title: 'This token is software',
    says: 'Use it on another machine than the one on which you do your internet banking. Only the demo may be tried out on one machine.',
  },
  elsewhere: {
    title: 'Open in another tab',
    says: 'This token is already open in another tab or window. Please use that one; when it is closed, this page takes over.',
  },
  opening: 'Preparing the token',
  broken: {
    title: 'The token cannot be used',
    says: 'This browser could not keep the data. If this is a private window, open the page in a usual one.',
  },

  buttons: {
    group: 'Buttons of the token',
    left: 'Left button',
    centre: 'Centre button',
    right: 'Right button',
    holdHint:
      'Hold the centre button to switch the token on or off; hold it together with the left button for the menu.',
    instead: 'Instead of holding',
    power: 'Power on or off',
    menu: 'Menu',
    keys: 'Keyboard: ← left, Enter centre (hold for power), → right',
  },

  screen: {
    label: 'Screen of the token',
    off: 'The power is off',
    soft: {
      back: 'Back',
      next: 'Next',
      read: 'Scan',
      yes: 'Yes',
      no: 'No',
      done: 'Done',
      choose: 'Select',
      code: 'Show code',
      first: 'Restart',
    },
    blank: { title: 'Not issued', says: 'There is no serial number. Have the token issued first.' },
    dp002: {
      title: 'Not activated',
      says: 'The token is not activated. Press the right button and scan the 2D code on your browser’s screen.',
    },
    ready: {
      title: 'Ready',
      says: 'Press the right button and scan the 2D code on your browser’s screen.',
    },
    camera: { title: 'Scan', second: 'Scan (second)', aim: 'Hold it over the 2D code' },
    noFilm: 'Choose a way to scan',
    authenticationCode: {
      title: 'Token code',
      says: 'Type these 12 digits on the browser’s screen and press “Authenticate token”.',
    },
    help: {
      title: 'Registration',
      page: {
        1: 'Type the 12 digits of the token code on the browser’s screen and press “Authenticate token”.',
        2: 'When the browser shows “Transaction authentication”, press the right button and scan the 2D code.',
      },
    },
    replacement: {
      title: 'Replace registration',
      says: 'This token is registered. A new registration ends the present one. Go on?',
    },
    registration: {
      title: 'Token registration',
      says: 'Type these 8 digits on the browser’s screen and press the right button twice.',
    },
    confirmation: {
      title: 'Token registration',
      says: 'Did you type the 8 digits on the browser’s screen?',
    },
    seconds: (count) => `${count} s left`,
    activated: {
      title: 'Registered',
      says: 'The token is registered. Tick “Registered” on the browser’s screen.',
    },
    transactionCode: {
      title: 'Code',
      says: 'Type these 8 digits only if all of it is right. Never tell them to anybody on the phone.',
    },
    menu: { title: 'Menu', info: 'Token info' },
    info: {
      title: 'Token info',
      serial: 'Serial',
      tokenCode: 'Token code',
      noTokenCode: 'not activated',
      bankCode: 'Bank',
      kind: 'Kind',
      software: 'software',
      hardware: 'hardware',
      build: 'Build',
    },
    page: (page, pages) => `${page}/${pages}`,
    errorTitle: 'Error',
    errors: {
      'E-VER': 'This version of the 2D code is not known. Please renew the token.',
      'E-TYPE': 'This kind of 2D code is not known.',
      'E-AUTH':
        'This 2D code is not for this token, or was changed. Check the serial number and have it shown again.',
      'E-SEQ': 'Out of turn. Scan the 2D codes on the browser’s screen from the first one on.',
      'E-OLD': 'This 2D code is old. Have a new one shown on the browser’s screen.',
      'E-TAG': 'It holds something that cannot be shown, so it cannot be authenticated.',
      E012: 'Nothing was pressed within 90 seconds; the registration is cancelled. Please begin again.',
    },
  },

  /** Word by word as the bank's page writes them: people compare. */
  templates: signature.templates,
  tags: signature.fields,
  unknownTag: (number) => `Field ${number}`,
  values: {
    yen: (figures) => `¥${figures}`,
    count: (figures) => figures,
    date: (year, month, day) => `${year}-${month}-${day}`,
    kinds: { 1: 'Ordinary', 2: 'Current', 4: 'Savings' },
    warnings: { 1: 'Does somebody ask for the code by phone or mail? Do not tell it.' },
    warning: (number) => `Warning ${number}`,
  },

  reading: {
    title: 'Scanning the 2D code',
    lead: 'Choose a way to scan. With none of them does a picture leave this machine.',
    camera: 'Use the camera',
    window: 'Share a screen or tab',
    picture: 'Choose a picture',
    pictureHint: 'A screenshot can also be dropped here or pasted (Ctrl+V).',
    drop: 'Drop the picture here',
    stop: 'Stop',
    state: {
      opening: 'Preparing… (please allow it if the browser asks)',
      camera: 'Scanning by camera.',
      window: 'Scanning the shared screen. Show the 2D code in the browser.',
      picture: 'Reading the picture…',
    },
    faults: {
      'not-offered': 'Not available in this browser. Please choose another way.',
      denied:
        'The camera is not permitted. Permit it in the browser’s settings, or choose another way.',
      missing: 'No camera was found. Please choose another way.',
      busy: 'The camera is used by another program. End that one and try again.',
      'not-shared': 'No screen was shared.',
      'reader-missing':
        'The scanner could not be loaded. Connect to the network and open the page again.',
      unreadable: 'This file is not a picture. Choose a PNG or JPEG picture.',
      'no-code': 'There is no 2D code in this picture. Choose one that shows all of the 2D code.',
      'foreign-code': 'This 2D code is not for the token.',
    },
  },

  issuing: {
    title: 'Issue of the token',
    lead: 'To use this device as a token, have a serial number issued.',
    demo: 'Try it with a company of the demo',
    demoLead: 'Choosing a company fetches a voucher and issues the token at once.',
    issueFor: (company) => `Issue for ${company}`,
    voucherTitle: 'Issue by voucher',
    voucher: 'Voucher',
    voucherHint: 'Type the voucher that your branch handed over. Hyphens may be left out.',
    voucherMissing: 'Please type the voucher.',
    issue: 'Issue',
    unfinished: 'The last issue was interrupted; it goes on.',
    amountCap: (yen) => `This token authenticates orders of up to ¥${yen} each.`,
    notTaken: 'Software tokens are not issued at present. Please use a hardware token.',
    offline: 'The issue needs the network. Check the connection and try again.',
    again: 'Try again',
    refusals: {
      'software-tokens-not-taken': 'Software tokens are not issued.',
      'voucher-unknown':
        'The voucher is not right, or was used on another device. Please ask your branch.',
      'voucher-expired': 'The voucher has expired. Please have a new one issued by your branch.',
      'public-key-malformed': 'The key of this device could not be made. Please try again.',
      'not-in-the-demo': 'This is not the demo; tokens are not issued this way.',
      'company-unknown': 'The company was not found. Please open the page again.',
    },
  },

  serial: {
    title: 'Serial number',
    lead: 'Type it twice on the page that registers the token.',
    copy: 'Copy',
    copied: 'Copied',
  },
  use: {
    title: 'How to register it',
    steps: [
      'Type the serial number twice on the browser’s screen.',
      'Hold the centre button to switch the token on.',
      'Press the right button and scan the 2D code on the browser’s screen.',
      'Type the 12 digits, press the right button three times and scan the second 2D code.',
      'Type the 8 digits and press the right button twice within 90 seconds.',
      '“The device is activated.” says that it is registered.',
    ],
    signingTitle: 'How to authenticate',
    signingSteps: [
      'Have the 2D code shown on the browser’s screen.',
      'Hold the centre button to switch the token on, press the right button and scan.',
      'Go through what it shows with the right button, and compare.',
      'If all of it is right, type the 8 digits on the browser’s screen.',
    ],
  },
  keeping: {
    title: 'This device',
    build: 'Build',
    offline: 'Works offline',
    offlineReady: 'yes',
    offlineNotYet: 'being prepared',
    offlineNever: 'not in this browser',
    persistence: 'Data protection',
    persisted: 'protected',
    notPersisted:
      'The browser may clear the data by itself. Adding the page to the home screen protects it.',
    newer: 'There is a newer version.',
    update: 'Update',
    wipe: 'Erase the token from this device',
  },
  wiping: {
    title: 'Erase the token?',
    says: 'The serial number and the keys are erased from this device for good. Using it again takes a new voucher and a new registration.',
    bank: 'The bank still has the registration: an administrator should detach the token as well.',
    cancel: 'Cancel',
    wipe: 'Erase',
    wiped: 'The token was erased.',
  },
}
