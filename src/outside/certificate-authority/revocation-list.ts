/** 失効一覧 — CRL version 2 of RFC 5280 §5. */
import * as der from '#kit/der.ts'
import type { Der } from '#kit/der.ts'
import type { RevocationList, RevocationReason, Revoked } from './port.ts'
import { ecdsaWithSha256, keyOf, listNumber, signed, type Signer } from './profile.ts'

/** CRLReason; `unspecified` is left out, as RFC 5280 §5.3.1 wants it. */
export const reasonNumbers: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  superseded: 4,
}

export async function revocationList(signer: Signer, list: RevocationList): Promise<Der> {
  const { number, thisUpdate, nextUpdate, revoked } = list
  const info = der.sequence(
    der.integer(1), // version 2
    ecdsaWithSha256,
    signer.name,
    der.x509Time(thisUpdate),
    der.x509Time(nextUpdate),
    ...(revoked.length === 0 ? [] : [der.sequence(...revoked.map(entry))]),
    der.context(0, der.sequence(keyOf(signer), listNumber(number))),
  )
  return signed(signer, info)
}

function entry({ serialNumber, at, reason }: Revoked): Der {
  const why = der.octets(der.enumerated(reasonNumbers[reason]))
  const told = reason === 'unspecified' ? [] : [der.sequence(der.oid('2.5.29.21'), why)]
  return der.sequence(
    der.integer(Buffer.from(serialNumber, 'hex')),
    der.x509Time(at),
    ...(told.length === 0 ? [] : [der.sequence(...told)]),
  )
}
