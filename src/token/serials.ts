/**
 * シリアル番号 — up to 12 digits, printed on the device. Zeros in front mean nothing (the 2D code
 * carries a number), so they are dropped wherever one comes in.
 */
const form = /^\d{1,12}$/

/** @returns null for what is no serial number; spaces, hyphens and full width are no mistake */
export function serialTyped(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s\u2010-\u2015\u2212-]/g, '')
  if (!form.test(digits)) return null
  const serial = digits.replace(/^0+/, '')
  return serial === '' ? null : serial
}

/** What may be shown to colleagues: enough to find the device on the desk. */
export function serialEnd(serial: string): string {
  return serial.slice(-4)
}
