/** デモの全銀システム — its markup, in either language; whatever is put in is escaped. */
import type { BankAccount } from '#kit/bank-account.ts'
import { momentInJapan } from '#kit/japan-time.ts'
import type { Language } from '#kit/visitor.ts'
import {
  accountStates,
  switchNames,
  type AccountSeen,
  type MessageSeen,
  type Overview,
} from '#outside/zengin-net/port.ts'
import type { ZenginTexts } from './messages.zengin.ja.ts'
import type { FormFault } from './zengin-forms.ts'

interface Shown {
  readonly language: Language
  readonly texts: ZenginTexts
  readonly overview: Overview
  readonly fault: FormFault | null
  readonly isDone: boolean
  bankName(code: string): string | null
}

const path = '/demo/zengin-net'

export function zenginMarkup(shown: Shown): string {
  const { language, texts, fault, isDone } = shown
  const told =
    fault === null
      ? isDone
        ? `<p role="status" class="told">${escaped(texts.done)}</p>`
        : ''
      : `<div role="alert" class="told wrong"><strong>${escaped(texts.faults.title)}</strong>
<p>${escaped(texts.faults[fault])}</p></div>`
  const title = fault === null ? texts.title : `${texts.faults.title} - ${texts.title}`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${path}.css"></head>
<body><main>
<h1>${escaped(texts.title)}</h1>
${told}
<p>${escaped(texts.lead)}<br>${escaped(texts.reload)}</p>
${accountsPart(shown)}
${messagesPart(shown)}
${switchesPart(shown)}
${amountsPart(shown)}
${banksPart(shown)}
</main></body></html>`
}

function accountsPart(shown: Shown): string {
  const { texts, overview } = shown
  const { accounts: words } = texts
  const list = overview.accounts.map((one) => accountEntry(shown, one)).join('\n')
  return `<section><h2>${escaped(words.title)}</h2>
${list || `<p>${escaped(texts.none)}</p>`}
<h3>${escaped(words.add)}</h3><p>${escaped(words.addHint)}</p>
<form method="post" action="${path}/accounts">
${input({ id: 'account-bank', name: 'bank', label: texts.bank, digits: 4, required: true })}
${input({ id: 'account-branch', name: 'branch', label: texts.branch, digits: 3, required: true })}
${select({ id: 'account-kind', name: 'kind', label: texts.kind, options: Object.entries(texts.kinds) })}
${input({ id: 'account-number', name: 'number', label: texts.number, digits: 7, required: true })}
${input({ id: 'account-holder', name: 'holder', label: texts.holder, required: true })}
${select({
  ...{ id: 'account-state', name: 'state', label: texts.state },
  options: accountStates.map((state) => [state, words.states[state]] as const),
})}
<button>${escaped(words.submit)}</button></form></section>`
}

function accountEntry(shown: Shown, seen: AccountSeen): string {
  const { texts } = shown
  const { account, holderKana, balance, state, opened, payments } = seen
  const words = texts.accounts
  const head = [accountText(shown, account), holderKana, words.states[state]].map(escaped)
  const lines = payments.map(
    ({ receivedAt, amount, remitterName, ediInformation }) =>
      `<li>${[momentInJapan(receivedAt), yenText(amount), remitterName, ediInformation ?? '']
        .map(escaped)
        .join(' ')}</li>`,
  )
  return `<details><summary><span>${head.join('</span> <span>')}</span>
<strong>${escaped(`${texts.balance} ${yenText(balance)}`)}</strong></summary>
<div><p>${escaped(opened ? words.opened : words.byPayment)}</p>
<p>${escaped(words.payments)}</p>
${lines.length === 0 ? `<p>${escaped(texts.none)}</p>` : `<ul>${lines.join('\n')}</ul>`}</div></details>`
}

function messagesPart(shown: Shown): string {
  const { texts, overview } = shown
  const { messages: words } = texts
  const columns = [
    ...[words.receivedAt, words.to, words.payee, words.remitter],
    ...[words.edi, words.amount, words.result, words.answer],
  ]
  const rows = overview.messages.map((one) => messageRow(shown, one))
  return `<section><h2>${escaped(words.title)}</h2>
<p>${escaped(words.lead)}</p>
${table({ label: words.title, columns, rows, none: texts.none })}
<form method="post" action="${path}/answers"><button>${escaped(words.release)}</button></form>
</section>`
}

function messageRow(shown: Shown, message: MessageSeen): readonly string[] {
  const { messages: words } = shown.texts
  const { returned } = message
  return [
    momentInJapan(message.receivedAt),
    accountText(shown, message.to),
    message.payeeName,
    message.remitterName,
    message.ediInformation ?? '',
    yenText(message.amount),
    returned === null ? words.credited : words.reasons[returned],
    words.answers[message.answer],
  ].map(escaped)
}

function switchesPart(shown: Shown): string {
  const { texts, overview } = shown
  const { switches: words } = texts
  const rows = overview.switches.map(({ name, bankCode, remaining }) => {
    const bank = bankCode === '*' ? words.everyBank : bankText(shown, bankCode)
    const hidden = { name, bank: bankCode === '*' ? '' : bankCode, times: '0' }
    const fields = Object.entries(hidden)
      .map(([key, value]) => `<input type="hidden" name="${key}" value="${escaped(value)}">`)
      .join('')
    const off = escaped(words.off)
    const label = escaped(`${words.off}: ${words.names[name]} (${bank})`)
    return [
      escaped(words.names[name]),
      escaped(bank),
      escaped(remaining === null ? words.unlimited : words.left({ times: remaining })),
      `<form method="post" action="${path}/switches">${fields}
<button aria-label="${label}">${off}</button></form>`,
    ]
  })
  const columns = [words.name, texts.bank, words.times, words.off]
  return `<section><h2>${escaped(words.title)}</h2>
<p>${escaped(words.lead)}</p>
<form method="post" action="${path}/switches">
${select({
  ...{ id: 'switch-name', name: 'name', label: words.name },
  options: switchNames.map((name) => [name, words.names[name]] as const),
})}
${input({ id: 'switch-bank', name: 'bank', label: texts.bank, digits: 4, hint: texts.bankAll })}
${input({ id: 'switch-times', name: 'times', label: words.times, hint: words.timesHint })}
<button>${escaped(words.submit)}</button></form>
<h3>${escaped(words.on)}</h3>
${table({ label: words.on, columns, rows, none: texts.none })}</section>`
}

function amountsPart({ texts, overview }: Shown): string {
  const { amounts: words, messages } = texts
  const rows = Object.entries(overview.sentinels).map(([end, result]) => [
    escaped(end),
    escaped(result === 'held' ? words.held : messages.reasons[result]),
  ])
  if (rows.length === 0) return ''
  const columns = [words.end, messages.result]
  return `<section><h2>${escaped(words.title)}</h2>
<p>${escaped(words.lead)}</p>
${table({ label: words.title, columns, rows, none: texts.none })}</section>`
}

function banksPart(shown: Shown): string {
  const { texts, overview } = shown
  const { banks: words } = texts
  const rows = overview.banks.map(({ code, takesMoreTime, inService }) =>
    [
      bankText(shown, code),
      takesMoreTime ? words.takesPart : words.doesNot,
      inService ? words.inService : words.outOfService,
    ].map(escaped),
  )
  const yesOrNo = (yes: string, no: string) => [['yes', yes] as const, ['no', no] as const]
  return `<section><h2>${escaped(words.title)}</h2>
<p>${escaped(words.lead)}</p>
${table({
  ...{ label: words.title, rows, none: texts.none },
  columns: [texts.bank, words.moreTime, words.service],
})}
<form method="post" action="${path}/banks">
${input({ id: 'bank-code', name: 'bank', label: texts.bank, digits: 4, required: true })}
${select({
  ...{ id: 'bank-more-time', name: 'more-time', label: words.moreTime },
  options: yesOrNo(words.takesPart, words.doesNot),
})}
${select({
  ...{ id: 'bank-service', name: 'service', label: words.service },
  options: yesOrNo(words.inService, words.outOfService),
})}
<button>${escaped(words.submit)}</button></form></section>`
}

interface Field {
  readonly id: string
  readonly name: string
  readonly label: string
}

function input(
  field: Field & {
    readonly digits?: number
    readonly required?: boolean
    readonly hint?: string
  },
): string {
  const { id, name, label, digits, required, hint } = field
  const hintId = `${id}-hint`
  const more = [
    digits === undefined
      ? ''
      : ` inputmode="numeric" pattern="[0-9]{${digits}}" maxlength="${digits}"`,
    required ? ' required' : '',
    hint === undefined ? '' : ` aria-describedby="${hintId}"`,
  ].join('')
  const told = hint === undefined ? '' : `<small id="${hintId}">${escaped(hint)}</small>`
  return `<p><label for="${id}">${escaped(label)}</label>${told}
<input id="${id}" name="${name}" autocomplete="off"${more}></p>`
}

function select(
  field: Field & { readonly options: readonly (readonly [value: string, label: string])[] },
): string {
  const { id, name, label, options } = field
  const list = options.map(
    ([value, words]) => `<option value="${escaped(value)}">${escaped(words)}</option>`,
  )
  return `<p><label for="${id}">${escaped(label)}</label>
<select id="${id}" name="${name}">${list.join('')}</select></p>`
}

/** Its cells are markup already. Wide ones scroll, also by the keyboard. */
function table(of: {
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly none: string
}): string {
  if (of.rows.length === 0) return `<p>${escaped(of.none)}</p>`
  const head = of.columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')
  const body = of.rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(of.label)}"><table>
<thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`
}

function accountText({ texts, bankName }: Shown, account: BankAccount): string {
  const { bankCode, branchCode, kind, number } = account
  const name = bankName(bankCode)
  return `${name === null ? '' : `${name} `}${bankCode}-${branchCode} ${texts.kinds[kind]} ${number}`
}

function bankText({ bankName }: Shown, code: string): string {
  const name = bankName(code)
  return name === null ? code : `${code} ${name}`
}

const yenText = (amount: bigint) => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ',')

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter]!)
}

export const zenginStyle = `
body { font: 16px/1.7 system-ui, sans-serif; color: #1a1a1a; background: #f8f8fb; margin: 0 }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.75rem; margin: 0 0 1rem } h2 { font-size: 1.375rem; margin: 2.5rem 0 .5rem }
h3 { font-size: 1.125rem; margin: 1.5rem 0 .25rem }
details, form, .wide, .told { background: #fff; border: 1px solid #949494; border-radius: .5rem }
details { margin-top: .75rem }
summary { padding: .75rem 1rem; cursor: pointer; overflow-wrap: anywhere }
summary span { margin-right: .75rem } summary strong { display: block }
details div { border-top: 1px solid #ccc; padding: 0 1rem .5rem; overflow-wrap: anywhere }
form { padding: .5rem 1rem 1rem; margin-top: .75rem } td form { border: 0; padding: 0; margin: 0 }
form p { margin: .5rem 0 } label { display: block; font-weight: bold }
small { display: block; color: #4d4d4d; font-size: .875rem }
input, select { font: inherit; min-height: 2.75rem; padding: 0 .5rem; border: 1px solid #666 }
input, select { width: 24rem; max-width: 100%; box-sizing: border-box; border-radius: .5rem }
button { font: inherit; font-weight: bold; min-height: 2.75rem; padding: .25rem 1.25rem }
button { color: #fff; background: #0017c1; border: 0; border-radius: .5rem; cursor: pointer }
.wide { overflow-x: auto; margin: .5rem 0 } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #ccc }
th { white-space: nowrap }
.told { padding: .75rem 1rem } .wrong { border: 2px solid #ce0000 } .told p { margin: 0 }
:focus-visible { outline: 4px solid #000; outline-offset: 2px }
summary:focus-visible { background: #ffd43d }
`
