/** What まどぐち銀行 has to tell on the first day: at login, important, and ordinary. */
import type { NewNotice } from '#notices/index.ts'

type Words = Pick<NewNotice, 'kind' | 'important' | 'japanese' | 'english'>

const words: readonly (Words & { readonly daysAgo: number })[] = [
  {
    daysAgo: 40,
    kind: 'notice',
    important: false,
    japanese: {
      title: '操作履歴の照会期間について',
      paragraphs: ['操作履歴は、本日を含む過去100日分を照会いただけます。'],
    },
    english: {
      title: 'How far back the operation history goes',
      paragraphs: ['The operation history can be searched for today and the 100 days before.'],
    },
  },
  {
    daysAgo: 12,
    kind: 'notice',
    important: false,
    japanese: {
      title: '年末年始のサービス時間のお知らせ',
      paragraphs: [
        '12月31日から1月3日までの間も、残高照会および入出金明細照会をご利用いただけます。',
        '窓口の営業は1月4日からとなります。',
      ],
    },
    english: {
      title: 'Service hours over the New Year',
      paragraphs: [
        'Balances and statements can be read from 31 December to 3 January as usual.',
        'Our branches open again on 4 January.',
      ],
    },
  },
  {
    daysAgo: 6,
    kind: 'caution',
    important: true,
    japanese: {
      title: 'ボイスフィッシングにご注意ください',
      paragraphs: [
        '銀行員を名乗る電話でメールアドレスを聞き出し、偽の画面へ誘導する手口が確認されています。',
        '当行がお電話やメールでパスワードをおたずねすることはありません。不審な電話を受けたときは、お取引店までご連絡ください。',
      ],
    },
    english: {
      title: 'Beware of voice phishing',
      paragraphs: [
        'Callers who pretend to be bank staff ask for mail addresses and lead to forged pages.',
        'We never ask for passwords by telephone or mail. Please tell your branch of such calls.',
      ],
    },
  },
  {
    daysAgo: 1,
    kind: 'login-time',
    important: true,
    japanese: {
      title: 'デモ環境のご案内',
      paragraphs: [
        'これはデモ環境です。まどぐち銀行、となり銀行および登場する企業・人物はすべて架空のものです。',
        '最近のログイン日時に心当たりのない場合は、お取引店までご連絡ください。',
      ],
    },
    english: {
      title: 'This is a demonstration',
      paragraphs: [
        'まどぐち銀行, となり銀行 and every company and person here are invented.',
        'If you do not recognise one of your last logins, please tell your branch.',
      ],
    },
  },
]

export function demoNotices(now: Temporal.Instant): readonly NewNotice[] {
  return words.map(({ daysAgo, ...notice }) => ({
    ...notice,
    audience: 'all',
    publishedFrom: now.subtract({ hours: 24 * daysAgo }),
    publishedUntil: null,
  }))
}
