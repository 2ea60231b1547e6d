/**
 * 失効一覧 — CRL version 2 of RFC 5280 §5.
 *
 * The library takes its time for a long list: entries are written in portions, and whoever else
 * waits for this process has his turn between them.
 */
import { Enumerated, Integer, OctetString, RawData, type BaseBlock, type Sequence } from 'asn1js'
import { setImmediate } from 'node:timers/promises'
import {
  AuthorityKeyIdentifier,
  CertificateRevocationList,
  Extension,
  Extensions,
  RelativeDistinguishedNames,
  RevokedCertificate,
} from 'pkijs'
import type { RevocationList, RevocationReason, Revoked } from './port.ts'
import { engineOf, hash, keyInVault, timeOf, type Signer } from './signing.ts'

/** CRLReason; `unspecified` is left out, as RFC 5280 §5.3.1 wants it. */
export const reasonNumbers: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  superseded: 4,
}

const portionMax = 250

export async function revocationList(signer: Signer, list: RevocationList): Promise<Uint8Array> {
  const { number, thisUpdate, nextUpdate, revoked } = list
  const keyIdentifier = new OctetString({ valueHex: signer.keyId })
  const made = new CertificateRevocationList({
    version: 1, // version 2
    issuer: RelativeDistinguishedNames.fromBER(signer.name),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: timeOf(nextUpdate),
    ...(revoked.length === 0 ? {} : { revokedCertificates: await entries(revoked) }),
    crlExtensions: new Extensions({
      extensions: [
        extension('2.5.29.35', new AuthorityKeyIdentifier({ keyIdentifier }).toSchema()),
        extension('2.5.29.20', new Integer({ value: number })), // 一覧番号
      ],
    }),
  })
  await made.sign(keyInVault, hash, engineOf(signer))
  return new Uint8Array(made.toSchema(true).toBER())
}

async function entries(revoked: readonly Revoked[]): Promise<RevokedCertificate[]> {
  const all: RevokedCertificate[] = []
  for (let at = 0; at < revoked.length; at += portionMax) {
    all.push(...revoked.slice(at, at + portionMax).map((one) => written(entry(one))))
    await setImmediate()
  }
  return all
}

function entry({ serialNumber, at, reason }: Revoked): RevokedCertificate {
  return new RevokedCertificate({
    userCertificate: Integer.fromBigInt(BigInt(`0x${serialNumber}`)),
    revocationDate: timeOf(at),
    ...(reason === 'unspecified' ? {} : { crlEntryExtensions: told(reason) }),
  })
}

function told(reason: RevocationReason): Extensions {
  const why = new Enumerated({ value: reasonNumbers[reason] })
  return new Extensions({ extensions: [extension('2.5.29.21', why)] })
}

/** An entry that is bytes already: the list only joins them, for signing and for sending. */
function written(entry: RevokedCertificate): RevokedCertificate {
  const bytes = entry.toSchema().toBER()
  // The library's RawData forgets to write itself where it is a part of something.
  const toBER = (_sizeOnly?: boolean, writer?: { write(part: ArrayBuffer): void }) => {
    writer?.write(bytes)
    return bytes
  }
  const raw = Object.assign(new RawData(), { toBER }) as unknown as Sequence
  return Object.assign(entry, { toSchema: () => raw })
}

function extension(extnID: string, value: BaseBlock): Extension {
  return new Extension({ extnID, extnValue: value.toBER() })
}
