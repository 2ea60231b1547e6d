/** 電子証明書ログイン — the sentences of the pages that the listener for certificates shows. */

/** One page: what happened, and what can be done, in its order. */
export interface PageWords {
  readonly happened: string
  readonly ways: readonly string[]
}

/** ブラウザは、一度選んだ電子証明書を、すべてのウィンドウを閉じるまで覚えている。 */
const chooseAgain =
  'ブラウザのウィンドウをすべて閉じてから開き直し、ログイン画面の「電子証明書ログイン」ボタンをもう一度クリックして、電子証明書を選び直してください。'
const issue = 'ログイン画面の「電子証明書発行」から、電子証明書を発行してください。'
const askAdministrator = '貴社の管理者、またはお取引店にお問い合わせください。'

export const ja = {
  service: '法人インターネットバンキング',
  title: '電子証明書ログイン',
  whatHappened: 'ログインできませんでした',
  whatToDo: '次の操作をお願いします',
  loginId: 'ログインID',
  validUntil: '有効期限',
  serialNumber: '証明書番号',
  inquiryNumber: 'お問い合わせ番号',
  toLogin: 'ログイン画面へ',
  warning: '当行の職員が、電話で電子証明書の発行や更新の操作をご案内することはありません。',
  pages: {
    'certificate-missing': {
      happened: '電子証明書が提示されませんでした。',
      ways: [
        'このパソコンに電子証明書が取り込まれているかをご確認ください。電子証明書を取り込んだパソコン以外ではご利用いただけません。',
        chooseAgain,
        `電子証明書をお持ちでない場合は、${issue}`,
      ],
    },
    'certificate-foreign': {
      happened: '選択された電子証明書は、このサービスのために当行が発行したものではありません。',
      ways: [chooseAgain, '電子証明書の名前には、ログインIDが表示されます。'],
    },
    'certificate-unknown': {
      happened: '選択された電子証明書は、当行に登録されていません。',
      ways: [chooseAgain, askAdministrator],
    },
    'certificate-revoked': {
      happened: '選択された電子証明書は、失効しています。',
      ways: [
        `新しい電子証明書をお持ちの場合は、${chooseAgain}`,
        `お持ちでない場合は、${issue}`,
        `失効にお心当たりがない場合は、${askAdministrator}`,
      ],
    },
    'certificate-superseded': {
      happened: '選択された電子証明書は、新しい電子証明書に替わったため、ご利用いただけません。',
      ways: [chooseAgain, `新しい電子証明書にお心当たりがない場合は、${askAdministrator}`],
    },
    'certificate-expired': {
      happened: '選択された電子証明書は、有効期限が切れています。',
      ways: [`新しい電子証明書をお持ちの場合は、${chooseAgain}`, `お持ちでない場合は、${issue}`],
    },
    'certificate-not-yet-valid': {
      happened: '選択された電子証明書は、まだ有効期間に入っていません。',
      ways: ['しばらくお待ちになってから、もう一度お試しください。', askAdministrator],
    },
    'certificate-of-another-id': {
      happened: '選択された電子証明書のログインIDが、現在のログインIDと異なります。',
      ways: [chooseAgain, askAdministrator],
    },
    'entry-missing': {
      happened: 'このページを直接開くことはできません。',
      ways: ['ログイン画面の「電子証明書ログイン」ボタンからお進みください。'],
    },
    'too-many-requests': {
      happened: '短い時間に多くの操作がありました。',
      ways: ['1分ほどお待ちになってから、もう一度お試しください。'],
    },
    'no-such-page': {
      happened: 'お探しのページはありません。',
      ways: ['ログイン画面からお進みください。'],
    },
    fault: {
      happened: 'ただいま処理できません。ご迷惑をおかけして申し訳ございません。',
      ways: [
        'しばらくお待ちになってから、もう一度お試しください。',
        '続く場合は、下のお問い合わせ番号をお取引店にお伝えください。',
      ],
    },
  } satisfies Readonly<Record<string, PageWords>>,
}
export type PageName = keyof typeof ja.pages
