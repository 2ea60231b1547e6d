/** Security headers — on every answer, whatever it is (certificates-and-security.md C4). */

/**
 * The one <style> that react-aria puts into the page (`touch-action` of pressable parts). Its
 * text is the library's; security-headers.test.ts fails when an update changes it.
 */
export const reactAriaStyleHash = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='

/** For the screens: own scripts and styles only, and no text ever becomes script. */
export const policyOfScreens = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' '${reactAriaStyleHash}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/**
 * For the device: the same, WebAssembly, which reads its 2D codes (camera-token.md A9), and one
 * Trusted Types policy, which lets nothing through but the address of its service worker.
 */
export const policyOfDevice = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types device-worker',
].join('; ')

/** For everything else: nothing may run or be framed, even if a browser shows it as a page. */
export const policyOfData =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Two years; meaningless, and not sent, while the bank runs on plain http on one machine. */
const strictTransport = 'max-age=63072000; includeSubDomains'

/** Closed to everybody, but for what a listener opens to itself. */
const guarded = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/** What the screens of one listener may do beyond those of the counter. */
export interface ScreenPermissions {
  readonly policy: string // Content-Security-Policy of its pages
  readonly features: readonly string[] // of Permissions-Policy, for itself
}

/** What the device films: 2D codes by its camera, or another window of the same machine. */
export const deviceScreens: ScreenPermissions = {
  policy: policyOfDevice,
  features: ['camera', 'display-capture'],
}

export function securityHeaders(
  publicOrigin: string,
  { features }: Pick<ScreenPermissions, 'features'> = { features: [] },
): Readonly<Record<string, string>> {
  const permission = (feature: string) => `${feature}=(${features.includes(feature) ? 'self' : ''})`
  return {
    'content-security-policy': policyOfData,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': guarded.map(permission).join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    ...(publicOrigin.startsWith('https:') && { 'strict-transport-security': strictTransport }),
  }
}
