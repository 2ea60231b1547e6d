/**
 * お知らせ — the mails of the bank. Each says what happened, to whom and when, and what to do if
 * one knows nothing of it; none has a link, an amount or a secret (certificates-and-security.md C1).
 */
import { momentInJapan } from '#kit/japan-time.ts'
import { orderMails } from './messages.mail-orders.ja.ts'

/** What differs between mails; greeting, warning and signature are the same in all. */
export interface MailWords {
  readonly title: string // 件名, without the bank's name
  readonly happened: string
  readonly rows: readonly (readonly [label: string, value: string])[]
  /** In place of 「お心当たりのない場合は…」. */
  readonly ask?: string
}

interface Done {
  readonly userName: string // 利用者名, whose token or certificate it is
  readonly at: Temporal.Instant
}
interface DoneBy extends Done {
  readonly by: string | null // the 利用者名 of who did it; null: the bank
}
interface Valid extends Done {
  readonly validUntil: Temporal.Instant
}

/** 失効事由 */
export type RevocationReason = 'by-administrator' | 'by-bank' | 'replaced' | 'lost'
const revocationReasons: Readonly<Record<RevocationReason, string>> = {
  'by-administrator': '管理者による失効手続き',
  'by-bank': '当行による失効手続き',
  replaced: '新しい電子証明書の発行',
  lost: '紛失・盗難のお届け',
}

const who = ({ userName, at }: Done) =>
  [
    ['日時', momentInJapan(at)],
    ['利用者名', `${userName} 様`],
  ] as const
const whoAndBy = (done: DoneBy) =>
  [...who(done), ['手続きをした方', done.by === null ? '当行' : `${done.by} 様`]] as const
const valid = (done: Valid) => [...who(done), ['有効期限', momentInJapan(done.validUntil)]] as const

export const ja = {
  subject: ({ bank, title }: { bank: string; title: string }) => `【${bank}】${title}`,
  greeting: ({ bank }: { bank: string }) =>
    `平素より${bank}のインターネットバンキングをご利用いただき、誠にありがとうございます。`,
  row: ({ label, value }: { label: string; value: string }) => `・${label}：${value}`,
  ask:
    'お心当たりのない場合は、ただちにお取引店までお電話でご連絡ください。\n' +
    '電話番号は、ご契約時の書面など、お手元の書類でお確かめください。',
  warning:
    '当行の職員が、電話やメールで、パスワードやトークンに表示された番号をお尋ねすることはありません。\n' +
    '電話の相手に番号を伝えないでください。',
  closing:
    'このメールにリンクは記載しておりません。\n' +
    'このメールは送信専用です。ご返信いただいてもお答えできませんので、ご了承ください。',
  mails: {
    ...orderMails,
    'token-registered': (facts: Done & { readonly serialEnd: string }): MailWords => ({
      title: 'トークン登録のお知らせ',
      happened: 'トランザクション認証の利用開始登録が完了し、トークンが登録されました。',
      rows: [...who(facts), ['シリアル番号', `下4桁 ${facts.serialEnd}`]],
    }),
    'token-detached': (facts: DoneBy): MailWords => ({
      title: 'トークン失効のお知らせ',
      happened:
        'トークンの失効手続きが行われました。この利用者は、次回ログイン時にトークンの登録が必要です。',
      rows: whoAndBy(facts),
    }),
    /** By wrong codes, and by the user who has lost the device. */
    'token-suspended': (facts: Done): MailWords => ({
      title: 'トークン利用停止のお知らせ',
      happened:
        '認証番号の誤りが一定回数に達したため、または利用者からのお届けにより、トークンの利用を停止しました。',
      rows: who(facts),
    }),
    'token-released': (facts: DoneBy): MailWords => ({
      title: 'トークン利用停止解除のお知らせ',
      happened: 'トークンの利用停止が解除されました。',
      rows: whoAndBy(facts),
    }),
    'token-reset': (facts: DoneBy): MailWords => ({
      title: 'トークン初期化のお知らせ',
      happened:
        'トークンの初期化が行われました。この利用者は、次回ログイン時にトークンの登録が必要です。',
      rows: whoAndBy(facts),
    }),
    'certificate-issued': (facts: Valid): MailWords => ({
      title: '電子証明書発行のお知らせ',
      happened: '電子証明書が発行されました。',
      rows: valid(facts),
    }),
    'certificate-renewed': (facts: Valid): MailWords => ({
      title: '電子証明書更新のお知らせ',
      happened: '電子証明書が更新されました。',
      rows: valid(facts),
    }),
    'certificate-revoked': (facts: Done & { readonly reason: RevocationReason }): MailWords => ({
      title: '電子証明書失効のお知らせ',
      happened: '電子証明書が失効しました。この電子証明書ではログインできません。',
      rows: [...who(facts), ['失効事由', revocationReasons[facts.reason]]],
    }),
    'certificate-expiring': (facts: {
      readonly userName: string
      readonly validUntil: Temporal.Instant
      readonly daysLeft: number
    }): MailWords => ({
      title: '電子証明書有効期限のお知らせ',
      happened:
        `電子証明書の有効期限まで、あと${facts.daysLeft}日です。\n` +
        '有効期限までに、ログイン後のトップページから更新してください。\n' +
        '当行が電話で更新の手続きをご案内することはありません。',
      rows: [
        ['利用者名', `${facts.userName} 様`],
        ['有効期限', momentInJapan(facts.validUntil)],
      ],
      ask:
        'ご不明な点は、お取引店までお電話でお問い合わせください。\n' +
        '電話番号は、ご契約時の書面など、お手元の書類でお確かめください。',
    }),
  },
  /** デモのメール: where the mails of the drop are read. */
  page: {
    title: 'デモのメール',
    lead: 'このデモでは、メールは外部に送信されず、ここに届きます。新しいものから順に、50通まで表示します。',
    wait: 'お届けまで1分ほどかかります。ページを再読み込みしてください。',
    none: 'メールはまだありません。',
  },
}
