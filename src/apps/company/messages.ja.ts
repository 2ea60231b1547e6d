/** 枠 — the words of the counter's frame: header, menu, and the screens that belong to nobody. */
import type { MenuGroup } from '#ui/screens.ts'

export const ja = {
  service: '法人インターネットバンキング',
  institutions: {
    'core-banking': '勘定系',
    'zengin-net': '他行（全銀システム）',
    mail: 'メール送信',
  } as Readonly<Record<string, string>>,
  listed: '・',
  simulated: (institutions: string) =>
    `${institutions}はシミュレータです。実際の資金は動きません。`,
  skip: '本文へ移動',
  person: ({ name, role }: { name: string; role: string }) =>
    role === '' ? `${name} 様` : `${name} 様(${role})`,
  previousLogin: '前回ログイン',
  firstLogin: '初めてのログインです',
  menu: 'メニュー',
  subMenu: '業務のメニュー',
  groups: {
    top: 'トップ',
    inquiry: '照会',
    transfers: '振込振替',
    'bulk-orders': 'データ伝送',
    approvals: '承認',
    'tax-payments': '税金・各種料金',
    densai: 'でんさい',
    fx: '外為',
    administration: '管理',
  } satisfies Record<MenuGroup, string>,
  chooseBusinessLead: 'ご利用になる業務を選択してください。',
  toTop: 'トップページへ',
  toLogin: 'ログイン画面へ',
  again: 'もう一度表示する',
  ended: {
    title: 'タイムアウト',
    loggedOutTitle: 'ログアウト',
    otherTitle: 'ログアウトしました',
  },
  missing: {
    title: 'ページが見つかりません',
    says: 'お探しのページはありません。アドレスが変わったか、入力に誤りがある可能性があります。',
  },
  forbidden: 'ご利用いただけません',
}
