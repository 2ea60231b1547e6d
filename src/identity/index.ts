/** ログイン — the door of `identity`. */
export type { LoginNotice, LoginNotices } from './login-notices.ts'
