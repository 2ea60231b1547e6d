/** 承認 — the sentences that the engine says in Japanese. */
import type { EligibilityRefusal, shownStates } from './contract.ts'

export const ja = {
  states: {
    'awaiting-approval': '承認待ち',
    'awaiting-first': '一次承認待ち',
    'awaiting-final': '最終承認待ち',
    'awaiting-more': '承認待ち',
    approved: '承認済み',
    recalled: '引戻済み',
    'sent-back': '差戻済み',
    withdrawn: '承認取消済み',
    failed: 'エラー',
    deleted: '削除済み',
    expired: '有効期限切れ',
  } satisfies Record<(typeof shownStates)[number], string>,
  awaitingMore: ({ count }: { count: number }) => `承認待ち（あと${count}名）`,
  methods: {
    none: '承認なし',
    single: 'シングル承認',
    'double-in-turn': 'ダブル承認（順序あり）',
    'double-any-order': 'ダブル承認（順序なし）',
    group: 'グループ承認',
  },
  stepNamed: ({ name }: { name: string | null }) =>
    name === null ? '依頼者が指定する承認者1名' : `${name}さん`,
  stepGroup: (of: { group: string; size: number; need: number }) =>
    `「${of.group}」グループ${of.size}名のうち${of.need}名`,
  noApproval: '承認は必要ありません。',
  waitsFor: ({ names, need }: { names: readonly string[]; need: number }) => {
    const who = names.map((name) => `${name}さん`).join('、')
    return names.length > need
      ? `${who}のうち${need}名の承認を待っています。`
      : `${who}の承認を待っています。`
  },
  waitsForYou: 'あなたの承認を待っています。',
  willNeed: ({ steps, inTurn }: { steps: readonly string[]; inTurn: boolean }) =>
    inTurn && steps.length > 1
      ? `${steps.join('、次に')}の順に承認が必要です。`
      : `${steps.join('と')}の承認が必要です。`,
  why: {
    'user-stopped': '利用が停止されています。',
    'right-missing': '承認権限がありません。',
    'account-not-allowed': '支払口座を利用できません。',
    'requester-himself': '依頼者は自分の取引を承認できません。',
    'token-missing': 'トークンが登録されていません。',
    'token-shared': '依頼者またはほかの承認者と同じトークンを使用しています。',
    'over-approver-limit': '承認者の一回当たりの限度額を超えています。',
    'already-approved': 'すでに承認しています。',
    'not-named': 'この取引の承認者ではありません。',
    'not-your-turn': 'ほかの承認者の承認が先に必要です。',
  } satisfies Record<EligibilityRefusal, string>,
  failed: '承認時の確認でエラーになりました。依頼者が内容を修正できます。',
}
export type Sentences = typeof ja
