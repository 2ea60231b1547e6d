/**
 * 鍵管理 — where the bank's keys live: a file vault by default, an HSM at a bank.
 *
 * Keys are named by purpose and made on first use. No method ever returns a key itself, except
 * `pepper`, whose value must enter the password hash. Every method may be called again without
 * effect; a vault that cannot answer throws, and the caller fails closed.
 */
export interface KeyVault {
  /** 32 secret bytes mixed into password hashes (argon2 `secret`). */
  pepper(): Promise<Uint8Array>
  /** AES-256-GCM under the named key; `context` is bound as additional data. */
  seal(purpose: SealPurpose, plain: Uint8Array, context: string): Promise<Uint8Array>
  /** @throws when the sealed bytes or the context were changed */
  open(purpose: SealPurpose, sealed: Uint8Array, context: string): Promise<Uint8Array>
  /** HMAC-SHA-256 under the named key. */
  mac(purpose: MacPurpose, message: Uint8Array): Promise<Uint8Array>
  /** Ed25519 signature under the named key. */
  sign(purpose: SignPurpose, message: Uint8Array): Promise<Uint8Array>
  /** The public half of that key, as SPKI PEM, for outsiders who verify. */
  publicKey(purpose: SignPurpose): Promise<string>
  /**
   * ECDSA P-256 signature over the SHA-256 of the message, under the named key of the bank's
   * certificate authority: 64 bytes, r‖s (IEEE P1363), as WebCrypto gives and takes them.
   */
  signP256(purpose: CaPurpose, message: Uint8Array): Promise<Uint8Array>
  /** The public half of that key, as SPKI PEM: what the authority's own certificate carries. */
  publicKeyP256(purpose: CaPurpose): Promise<string>
}

export type SealPurpose = 'token-keys'
export type MacPurpose = 'unknown-login-ids' | 'page-cursors'
export type SignPurpose = 'operation-history-roots'
/** 認証局の鍵: the root signs the issuing CA only; the issuing CA signs certificates and CRLs. */
export type CaPurpose = 'root-ca' | 'issuing-ca' | 'ocsp'
