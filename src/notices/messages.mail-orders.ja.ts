/**
 * お知らせ — the mails on orders, transfers and payees (internet-banking.md §9). They name an order
 * by 取引種別, 取引名 and 指定日; amounts, payees of an order and comments stay in the bank.
 */
import { momentInJapan } from '#kit/japan-time.ts'
import type { MailWords } from './messages.mail.ja.ts'

/** An order, as a mail and a message may name it. */
export interface OrderFacts {
  readonly kind: string // 取引種別, e.g. 総合振込
  readonly kindEnglish: string
  readonly name: string // 取引名
  readonly paymentDay: string // 指定日, 2026-11-30
  readonly requesterName: string // 依頼者, 利用者名
  readonly at: Temporal.Instant
}
export interface OrderByFacts extends OrderFacts {
  readonly by: string | null // 利用者名; null: the bank
}
export interface OrderUntilFacts extends OrderFacts {
  readonly deadline: Temporal.Instant // 承認期限
}
export interface ReceivedFacts extends OrderFacts {
  readonly receiptNumber: string // 受付番号
}
export interface PayeeFacts {
  readonly userName: string // 利用者名, who did it
  readonly at: Temporal.Instant
  readonly payeeName: string // 受取人名
}
export interface PayeesByFileFacts {
  readonly userName: string
  readonly at: Temporal.Instant
  readonly registered: number // 登録, 件
  readonly changed: number // 変更, 件
  readonly deleted: number // 削除, 件
}
export interface PersonFacts {
  readonly userName: string
  readonly at: Temporal.Instant
}

const day = (isoDay: string) => isoDay.replaceAll('-', '/')
const order = ({ kind, name, paymentDay, requesterName, at }: OrderFacts) =>
  [
    ['日時', momentInJapan(at)],
    ['取引種別', kind],
    ['取引名', name],
    ['指定日', day(paymentDay)],
    ['依頼者', `${requesterName} 様`],
  ] as const
const by = (facts: OrderByFacts) =>
  [...order(facts), ['手続きをした方', facts.by === null ? '当行' : `${facts.by} 様`]] as const
const until = (facts: OrderUntilFacts) =>
  [...order(facts), ['承認期限', momentInJapan(facts.deadline)]] as const
const received = (facts: ReceivedFacts) =>
  [...order(facts), ['受付番号', facts.receiptNumber]] as const
const person = ({ userName, at }: PersonFacts) =>
  [
    ['日時', momentInJapan(at)],
    ['利用者名', `${userName} 様`],
  ] as const
const payee = (facts: PayeeFacts) => [...person(facts), ['受取人名', facts.payeeName]] as const

export const orderMails = {
  /** To the requester. */
  'order-submitted': (facts: OrderUntilFacts): MailWords => ({
    title: '確定依頼受付のお知らせ',
    happened: '取引の確定依頼を受け付け、承認者に承認を依頼しました。',
    rows: until(facts),
  }),
  /** To the approvers whose turn it is. */
  'approval-asked': (facts: OrderUntilFacts): MailWords => ({
    title: '承認依頼のお知らせ',
    happened:
      '取引の承認が依頼されました。\n承認期限までに、ログイン後の「承認」から内容をご確認ください。',
    rows: until(facts),
  }),
  'final-approval-asked': (facts: OrderUntilFacts & { readonly by: string }): MailWords => ({
    title: '最終承認依頼のお知らせ',
    happened:
      '取引の一次承認が行われ、最終承認が依頼されました。\n' +
      '承認期限までに、ログイン後の「承認」から内容をご確認ください。',
    rows: [...until(facts), ['一次承認者', `${facts.by} 様`]],
  }),
  'order-approved': (facts: OrderByFacts): MailWords => ({
    title: '承認のお知らせ',
    happened: '取引が承認され、受け付けられました。',
    rows: by(facts),
  }),
  'order-sent-back': (facts: OrderByFacts): MailWords => ({
    title: '差戻しのお知らせ',
    happened: '取引が差し戻されました。差戻しの理由は、ログイン後の画面でご確認ください。',
    rows: by(facts),
  }),
  'order-recalled': (facts: OrderByFacts): MailWords => ({
    title: '引戻しのお知らせ',
    happened: '取引が依頼者により引き戻されました。承認は不要になりました。',
    rows: by(facts),
  }),
  'order-deleted': (facts: OrderByFacts): MailWords => ({
    title: '削除のお知らせ',
    happened: '承認待ちの取引が削除されました。この取引は実行されません。',
    rows: by(facts),
  }),
  'approval-withdrawn': (facts: OrderByFacts): MailWords => ({
    title: '承認取消のお知らせ',
    happened: '取引の承認が取り消されました。この取引は、このままでは実行されません。',
    rows: by(facts),
  }),
  'order-failed': (facts: OrderByFacts): MailWords => ({
    title: '承認時エラーのお知らせ',
    happened:
      '承認時の確認でエラーとなり、取引は受け付けられませんでした。\n理由は、ログイン後の画面でご確認ください。',
    rows: by(facts),
  }),
  'approval-deadline-near': (facts: OrderUntilFacts): MailWords => ({
    title: '承認期限間近のお知らせ',
    happened:
      '承認待ちの取引の承認期限が近づいています。期限を過ぎると、この取引は実行されません。',
    rows: until(facts),
  }),
  'order-expired': (facts: OrderUntilFacts): MailWords => ({
    title: '承認期限切れのお知らせ',
    happened:
      '承認期限までに承認されなかったため、取引は期限切れとなりました。この取引は実行されません。',
    rows: until(facts),
  }),
  'transfer-accepted': (facts: ReceivedFacts): MailWords => ({
    title: '振込振替受付のお知らせ',
    happened: '振込振替を受け付けました。',
    rows: received(facts),
  }),
  'transfer-carried-out': (facts: ReceivedFacts): MailWords => ({
    title: '予約取引実行のお知らせ',
    happened: '予約された振込振替を実行しました。',
    rows: received(facts),
  }),
  'transfer-not-carried-out': (facts: ReceivedFacts & { readonly reason: string }): MailWords => ({
    title: '振込振替不成立のお知らせ',
    happened:
      facts.reason === 'insufficient-funds'
        ? '残高不足により、振込振替は成立しませんでした。この取引は実行されません。'
        : '振込振替は成立しませんでした。この取引は実行されません。理由は、ログイン後の画面でご確認ください。',
    rows: received(facts),
  }),
  'transfer-returned': (facts: ReceivedFacts): MailWords => ({
    title: '資金返却のお知らせ',
    happened: '入金先の口座に入金できなかったため、資金を支払口座に返却しました。',
    rows: received(facts),
  }),
  'booking-cancelled': (facts: ReceivedFacts & { readonly by: string | null }): MailWords => ({
    title: '予約取消のお知らせ',
    happened: '予約された振込振替が取り消されました。この取引は実行されません。',
    rows: [...received(facts), by(facts).at(-1)!],
  }),
  'payee-registered': (facts: PayeeFacts): MailWords => ({
    title: '受取人登録のお知らせ',
    happened: '受取人が登録されました。',
    rows: payee(facts),
  }),
  'payee-changed': (facts: PayeeFacts): MailWords => ({
    title: '受取人変更のお知らせ',
    happened: '登録済みの受取人が変更されました。',
    rows: payee(facts),
  }),
  'payee-deleted': (facts: PayeeFacts): MailWords => ({
    title: '受取人削除のお知らせ',
    happened: '登録済みの受取人が削除されました。',
    rows: payee(facts),
  }),
  'payees-by-file': (facts: PayeesByFileFacts): MailWords => ({
    title: 'ファイルによる受取人登録のお知らせ',
    happened: 'ファイルにより、受取人の登録・変更・削除が行われました。',
    rows: [
      ...person(facts),
      ['登録', `${facts.registered}件`],
      ['変更', `${facts.changed}件`],
      ['削除', `${facts.deleted}件`],
    ],
  }),
  'payee-check-suspended': (facts: PersonFacts): MailWords => ({
    title: '入金先口座確認停止のご案内',
    happened: '入金先の口座の確認が一定の回数を超えたため、この利用者の口座確認を停止しました。',
    rows: person(facts),
  }),
}
