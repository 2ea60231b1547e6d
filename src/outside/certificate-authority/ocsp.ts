/**
 * 失効の問い合わせ — OCSP (RFC 6960): whether one certificate is still good.
 *
 * The answer is signed by a key of its own, whose certificate travels with it. A nonce is given
 * back as it came (RFC 9654), so that nobody can answer with an older truth.
 */
import { Constructed, Enumerated, GeneralizedTime, OctetString, Primitive } from 'asn1js'
import type { BaseBlock } from 'asn1js'
import { createHash } from 'node:crypto'
import {
  BasicOCSPResponse,
  Certificate,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  ResponseData,
  SingleResponse,
  type CertID,
  type Extension,
} from 'pkijs'
import type { CertificateStatus } from './port.ts'
import { reasonNumbers } from './revocation-list.ts'
import { dateOf, engineOf, hash, keyInVault, type Signer } from './signing.ts'

export interface Responder {
  readonly signer: Signer // keyId is its own
  readonly certificate: Uint8Array
  /** Whose certificates it knows: the issuing CA's, DER. */
  readonly issuer: Uint8Array
}

/** One connection must not make us look up thousands. */
const questionsMax = 10
const nonceBytesMax = 128

export async function ocspAnswer(
  responder: Responder,
  request: Uint8Array,
  asked: {
    readonly now: Temporal.Instant
    readonly statusOf: (serialNumber: string) => Promise<CertificateStatus>
  },
): Promise<Uint8Array> {
  const read = readRequest(request)
  if (read === null) return responseOf(1) // malformedRequest
  const { signer, certificate, issuer } = responder
  const of = Certificate.fromBER(issuer)
  const [producedAt, responses] = [dateOf(asked.now), [] as SingleResponse[]]
  for (const certID of read.questions) {
    const status = isOf(certID, of)
      ? await asked.statusOf(serialNumberIn(certID))
      : ({ status: 'unknown' } as const)
    responses.push(
      new SingleResponse({ certID, certStatus: statusBlock(status), thisUpdate: producedAt }),
    )
  }
  const answer = new BasicOCSPResponse({
    tbsResponseData: new ResponseData({
      responderID: new OctetString({ valueHex: signer.keyId }),
      ...{ producedAt, responses },
      ...(read.nonce === null ? {} : { responseExtensions: [read.nonce] }),
    }),
    certs: [Certificate.fromBER(certificate)],
  })
  await answer.sign(keyInVault, hash, engineOf(signer))
  return responseOf(0, answer)
}

function responseOf(status: number, answer?: BasicOCSPResponse): Uint8Array {
  const responseStatus = new Enumerated({ value: status })
  if (answer === undefined) {
    return new Uint8Array(new OCSPResponse({ responseStatus }).toSchema().toBER())
  }
  const response = new OctetString({ valueHex: answer.toSchema().toBER() })
  const responseBytes = new ResponseBytes({ responseType: '1.3.6.1.5.5.7.48.1.1', response })
  return new Uint8Array(new OCSPResponse({ responseStatus, responseBytes }).toSchema().toBER())
}

const context = (tagNumber: number) => ({ idBlock: { tagClass: 3, tagNumber } })

function statusBlock(given: CertificateStatus): BaseBlock {
  if (given.status === 'good') return new Primitive(context(0))
  if (given.status === 'unknown') return new Primitive(context(2))
  const at = new GeneralizedTime({ valueDate: dateOf(given.at) })
  const reason = new Enumerated({ value: reasonNumbers[given.reason] })
  const why = new Constructed({ ...context(0), value: [reason] })
  return new Constructed({
    ...context(1),
    value: given.reason === 'unspecified' ? [at] : [at, why],
  })
}

/** A signature of the asker is not looked at: everybody may ask. */
function readRequest(
  bytes: Uint8Array,
): { readonly questions: readonly CertID[]; readonly nonce: Extension | null } | null {
  const request = parsed(bytes)
  if (request === null) return null
  const { requestList, requestExtensions = [] } = request.tbsRequest
  if (requestList.length === 0 || requestList.length > questionsMax) return null
  const nonce = requestExtensions.find(({ extnID }) => extnID === '1.3.6.1.5.5.7.48.1.2')
  const isLong = (nonce?.extnValue.valueBlock.valueHexView.length ?? 0) > nonceBytesMax + 4
  return {
    questions: requestList.map(({ reqCert }) => reqCert),
    nonce: nonce === undefined || isLong ? null : nonce,
  }
}

/** The library says by a throw that bytes are no request; the bytes are the asker's. */
function parsed(bytes: Uint8Array): OCSPRequest | null {
  try {
    return OCSPRequest.fromBER(bytes)
  } catch {
    return null
  }
}

function serialNumberIn({ serialNumber }: CertID): string {
  return Buffer.from(serialNumber.valueBlock.valueHexView)
    .toString('hex')
    .replace(/^(00)+/, '')
}

const hashes = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
])

function isOf(asked: CertID, issuer: Certificate): boolean {
  const known = hashes.get(asked.hashAlgorithm.algorithmId)
  if (known === undefined) return false
  const same = (told: OctetString, bytes: Uint8Array) =>
    createHash(known).update(bytes).digest().equals(told.valueBlock.valueHexView)
  const name = new Uint8Array(issuer.subject.toSchema().toBER())
  const key = issuer.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
  return same(asked.issuerNameHash, name) && same(asked.issuerKeyHash, key)
}
