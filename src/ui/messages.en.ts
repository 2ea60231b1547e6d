/** Words of the parts themselves. */
import type { ja } from './messages.ja.ts'

export const en: typeof ja = {
  required: '*Required',
  errorCount: (count) =>
    count === 1
      ? 'There is 1 problem with your input.'
      : `There are ${count} problems with your input.`,
  yen: 'JPY',
  choose: 'Please choose',
  datePlaceholder: 'YYYY/MM/DD',
  dayOfWeek: (day, weekday) =>
    `${day} (${['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][weekday]})`,
  openCalendar: (label) => `Choose ${label} from a calendar`,
  calendar: 'Calendar',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  close: 'Close',
  showPassword: 'Show what is typed',
  more: 'Show more',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages',
  pleaseWait: 'Please wait',
  loading: 'Loading',
  steps: 'Steps',
  stepDone: 'Done',
  scrollTable: ' (scrolls sideways)',
  notice: { info: 'Information', success: 'Done', warning: 'Please note', error: 'Error' },
  language: '言語',
  screenId: 'Screen ID',
  print: 'Print',
  fault: {
    title: 'Service error',
    says: 'This cannot be done right now. Please try again in a little while.',
    offline: 'We could not reach the bank. Please check your network connection and try again.',
    tooMany: 'Too many operations. Please try again in a little while.',
    forbidden:
      'You do not have the right to use this. Please ask your administrator if you need it.',
    inquiryNumber: 'Inquiry number',
    quote: 'If the problem remains, please tell the inquiry number to your branch.',
  },
  account: {
    heading: 'Account',
    branch: 'Branch',
    number: 'Kind and number',
    kinds: { ordinary: 'Ordinary', current: 'Current', savings: 'Savings' },
  },
  keyboard: {
    loading: 'Opening the keyboard …',
    open: 'Open the software keyboard',
    title: 'Software keyboard',
    why: 'Input by mouse keeps key loggers from recording what you type.',
    target: 'Typing into',
    shift: 'Capitals',
    backspace: 'Erase one',
    clear: 'Erase all',
    shuffle: 'Shuffle the keys',
    close: 'Close the software keyboard',
    typed: (count) => `Typed. ${count} characters now.`,
    erased: (count) => `Erased. ${count} characters now.`,
    shuffled: 'The keys were shuffled.',
    upper: (letter) => `capital ${letter}`,
  },
}
