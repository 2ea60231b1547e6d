/**
 * The demo's certificate, for a person of the demo to try 手順 1-1 with. Never made where the demo
 * world is not: a bank's customers make their own keys.
 */
import { createHash } from 'node:crypto'
import type { User } from '#administration/index.ts'
import { isUsable, mayIssue } from './certificate.ts'
import { heldBy, lockUser } from './certificates-store.ts'
import { issueUnderLock } from './issuing.ts'
import type { CertificateDesk } from './needs.ts'
import { buildPkcs12, newKeyPair } from './web/pkcs12.ts'

/** The password is printed beside the file: more rounds would protect nothing. */
const demoRounds = 2_048

/** @returns the .p12; null where the user has a certificate already */
export async function makeDemoCertificate(
  needs: Pick<CertificateDesk, 'authority' | 'database' | 'bankNames' | 'parameters' | 'clock'>,
  { user, password }: { readonly user: User; readonly password: string },
): Promise<Uint8Array | null> {
  const { privateKey, publicKey } = await newKeyPair()
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const key = { publicKey: spki, hash: createHash('sha256').update(spki).digest() }
  const { issuing, root } = await needs.authority.chain()
  const now = needs.clock.now()
  const certificate = await needs.database.asBank(async (tx) => {
    await lockUser(tx, user.id)
    const held = await heldBy(tx, user.id)
    // An unused one too: the file of the last start may be in somebody's browser by now.
    if (held.some((one) => isUsable(one, now))) return null
    const allowed = mayIssue(held, now)
    if (!allowed.granted) return null
    return issueUnderLock(needs, tx, { user, key, proof: 'demo', ...allowed.value }, now)
  })
  if (certificate === null) return null
  return buildPkcs12({
    ...{ privateKey, certificate: certificate.der, chain: [issuing, root] },
    ...{ name: user.loginId, password, rounds: demoRounds },
  })
}
