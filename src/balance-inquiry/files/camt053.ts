/**
 * camt.053.001.08 — ISO 20022 Bank-to-Customer Statement, one Stmt per account.
 *
 * Identification of bank, branch and account follows the Japanese practice (formats.md §8): clearing
 * system JPZGN, bank N4 as member id, branch N3 beside it, 預金種目 as the account's proprietary
 * type. 取引区分 of the 全銀 format is the entry's proprietary transaction code.
 */
import { depositKinds } from '#kit/account-number.ts'
import { bankZone } from '#kit/japan-time.ts'
import { type StatementLine, transactionKinds } from '#outside/core-banking/port.ts'
import { countedLines, linesOf, type Section, type StatementFile } from './section.ts'

const encoder = new TextEncoder()

export async function* camt053(file: StatementFile): AsyncIterable<Uint8Array> {
  const made = moment(file.madeAt)
  const message = made.replace(/\D/g, '').slice(0, 14)
  yield encoder.encode(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n<BkToCstmrStmt>\n' +
      element('GrpHdr', tag('MsgId', message) + tag('CreDtTm', made)) +
      '\n',
  )
  for (const [at, section] of file.sections.entries()) {
    yield encoder.encode(statementHead(file, section, `${message}-${at + 1}`))
    for await (const chunk of countedLines(section)) {
      yield encoder.encode(chunk.map(entry).join(''))
    }
    yield encoder.encode('</Stmt>\n')
  }
  yield encoder.encode('</BkToCstmrStmt>\n</Document>\n')
}

function statementHead(file: StatementFile, section: Section, id: string): string {
  const { period } = file
  const { totals } = section
  return (
    '<Stmt>' +
    tag('Id', id) +
    tag('CreDtTm', moment(file.madeAt)) +
    element(
      'FrToDt',
      tag('FrDtTm', `${period.from.toString()}T00:00:00+09:00`) +
        tag('ToDtTm', `${period.to.toString()}T23:59:59+09:00`),
    ) +
    accountPart(file, section) +
    balance('OPBD', totals.opening, period.from) +
    balance('CLBD', totals.closing, period.to) +
    element(
      'TxsSummry',
      element(
        'TtlNtries',
        tag('NbOfNtries', String(linesOf(section))) +
          tag('Sum', String(totals.inAmount + totals.outAmount)),
      ) +
        element(
          'TtlCdtNtries',
          tag('NbOfNtries', String(totals.inCount)) + tag('Sum', String(totals.inAmount)),
        ) +
        element(
          'TtlDbtNtries',
          tag('NbOfNtries', String(totals.outCount)) + tag('Sum', String(totals.outAmount)),
        ),
    ) +
    '\n'
  )
}

function accountPart({ bank }: StatementFile, { account }: Section): string {
  const { branchCode, kind, number } = account.account
  return element(
    'Acct',
    element('Id', element('Othr', tag('Id', number))) +
      element('Tp', tag('Prtry', depositKinds[kind].code)) +
      tag('Ccy', 'JPY') +
      tag('Nm', cut(account.holder, 70)) +
      element(
        'Svcr',
        element(
          'FinInstnId',
          element(
            'ClrSysMmbId',
            element('ClrSysId', tag('Cd', 'JPZGN')) + tag('MmbId', bank.code),
          ) + tag('Nm', cut(bank.name, 140)),
        ) + element('BrnchId', tag('Id', branchCode) + tag('Nm', cut(account.branchName, 140))),
      ),
  )
}

function balance(type: 'OPBD' | 'CLBD', amount: bigint, day: Temporal.PlainDate): string {
  return element(
    'Bal',
    element('Tp', element('CdOrPrtry', tag('Cd', type))) +
      yenTag(amount < 0n ? -amount : amount) +
      tag('CdtDbtInd', amount < 0n ? 'DBIT' : 'CRDT') +
      element('Dt', tag('Dt', day.toString())),
  )
}

function entry(line: StatementLine): string {
  const { particulars } = line
  const incoming = line.direction === 'in'
  return (
    element(
      'Ntry',
      tag('NtryRef', String(line.sequence)) +
        yenTag(line.amount) +
        tag('CdtDbtInd', incoming ? 'CRDT' : 'DBIT') +
        element('Sts', tag('Cd', 'BOOK')) +
        element('BookgDt', tag('Dt', line.bookedOn.toString())) +
        element('ValDt', tag('Dt', line.valueOn.toString())) +
        element(
          'BkTxCd',
          element('Prtry', tag('Cd', transactionKinds[line.kind]) + tag('Issr', 'ZENGINKYO')),
        ) +
        element('NtryDtls', element('TxDtls', details(line))) +
        optional('AddtlNtryInf', cut(particulars.description, 500)),
    ) + '\n'
  )
}

function details({ direction, amount, particulars }: StatementLine): string {
  const { remitterName = '', remitterCode = '', bankName = '', branchName = '' } = particulars
  const incoming = direction === 'in'
  const party =
    optional('Nm', cut(remitterName, 140)) +
    (remitterCode
      ? element('Id', element('OrgId', element('Othr', tag('Id', cut(remitterCode, 35)))))
      : '')
  const agent =
    (bankName ? element('FinInstnId', tag('Nm', cut(bankName, 140))) : '<FinInstnId/>') +
    (branchName ? element('BrnchId', tag('Nm', cut(branchName, 140))) : '')
  return (
    (particulars.chequeNumber
      ? element('Refs', tag('ChqNb', cut(particulars.chequeNumber, 35)))
      : '') +
    yenTag(amount) +
    tag('CdtDbtInd', incoming ? 'CRDT' : 'DBIT') +
    (party ? element('RltdPties', element('Dbtr', element('Pty', party))) : '') +
    (bankName || branchName ? element('RltdAgts', element('DbtrAgt', agent)) : '') +
    (particulars.ediInformation
      ? element('RmtInf', tag('Ustrd', cut(particulars.ediInformation, 140)))
      : '')
  )
}

function yenTag(amount: bigint): string {
  return `<Amt Ccy="JPY">${amount}</Amt>`
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

function tag(name: string, text: string): string {
  return element(name, xmlText(text))
}

/** A text type of ISO 20022 has at least one character: an empty one is left out. */
function optional(name: string, text: string): string {
  return text === '' ? '' : tag(name, text)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Escaped; characters that XML 1.0 cannot carry at all become U+FFFD. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => entities[sign]!)
}

/** Lengths are counted in characters, not in the halves of a surrogate pair. */
function cut(text: string, characters: number): string {
  return Array.from(text).slice(0, characters).join('').trim()
}

function moment(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(bankZone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
}
