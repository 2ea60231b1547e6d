/**
 * 失効の問い合わせ — OCSP (RFC 6960): whether one certificate is still good.
 *
 * The answer is signed by a key of its own, whose certificate travels with it. A nonce is given
 * back as it came (RFC 9654), so that nobody can answer with an older truth.
 */
import { createHash } from 'node:crypto'
import * as der from '#kit/der.ts'
import type { Der, Part } from '#kit/der.ts'
import type { CertificateStatus } from './port.ts'
import { ecdsaWithSha256, signatureOf, type Signer } from './profile.ts'
import { reasonNumbers } from './revocation-list.ts'

export interface Responder {
  readonly signer: Signer // keyId is its own
  readonly certificate: Uint8Array
  /** Whose certificates it knows. */
  readonly issuer: { readonly name: Uint8Array; readonly publicKey: Uint8Array }
}

interface Question {
  readonly id: Uint8Array // CertID, given back as it came
  readonly ofOurs: boolean
  readonly serialNumber: string
}

/** One connection must not make us look up thousands. */
const questionsMax = 10
const nonceOid = '1.3.6.1.5.5.7.48.1.2'
const nonceBytesMax = 128 + 4

export async function ocspAnswer(
  responder: Responder,
  request: Uint8Array,
  asked: {
    readonly now: Temporal.Instant
    readonly statusOf: (serialNumber: string) => Promise<CertificateStatus>
  },
): Promise<Der> {
  const read = readRequest(responder, request)
  if (read === null) return der.sequence(der.enumerated(1)) // malformedRequest
  const { now, statusOf } = asked
  const answers: Der[] = []
  for (const { id, ofOurs, serialNumber } of read.questions) {
    const status = ofOurs ? await statusOf(serialNumber) : ({ status: 'unknown' } as const)
    answers.push(der.sequence(id, inDer(status), der.time(now)))
  }
  const { signer, certificate } = responder
  const nonce = read.nonce === null ? [] : [der.context(1, der.sequence(read.nonce))]
  const info = der.sequence(
    der.context(2, der.octets(signer.keyId)),
    der.time(now),
    der.sequence(...answers),
    ...nonce,
  )
  const signature = await signatureOf(signer, info)
  const certificates = der.context(0, der.sequence(certificate))
  const basic = der.sequence(info, ecdsaWithSha256, signature, certificates)
  const typed = der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic))
  return der.sequence(der.enumerated(0), der.context(0, typed))
}

function inDer(given: CertificateStatus): Der {
  if (given.status === 'good') return der.context(0, new Uint8Array(), 'primitive')
  if (given.status === 'unknown') return der.context(2, new Uint8Array(), 'primitive')
  const reason = reasonNumbers[given.reason]
  const why = reason === 0 ? [] : [der.context(0, der.enumerated(reason))]
  return der.context(1, der.joined([der.time(given.at), ...why]))
}

/** A signature of the asker is not looked at: everybody may ask. */
function readRequest(
  { issuer }: Responder,
  bytes: Uint8Array,
): { readonly questions: readonly Question[]; readonly nonce: Uint8Array | null } | null {
  const [info] = der.inside(der.readOnly(bytes), 'sequence')
  const parts = der.inside(info, 'sequence')
  const list = der.inside(
    parts.find((part) => der.is(part, 'sequence')),
    'sequence',
  )
  if (list.length === 0 || list.length > questionsMax) return null
  const questions = list.map((one) => readQuestion(one, issuer))
  if (!questions.every((question) => question !== null)) return null

  const extensions = parts.find((part) => der.is(part, 2))
  const nonce = der.inside(der.inside(extensions, 2)[0], 'sequence').find((one) => {
    const [id] = der.inside(one, 'sequence')
    return id !== undefined && der.same(id.whole, der.oid(nonceOid))
  })
  const tooLong = nonce !== undefined && nonce.content.length > nonceBytesMax + 16
  return { questions, nonce: nonce === undefined || tooLong ? null : nonce.whole }
}

function readQuestion(one: Part, issuer: Responder['issuer']): Question | null {
  const [id] = der.inside(one, 'sequence')
  const [algorithm, name, key, serialNumber] = der.inside(id, 'sequence')
  const [hash] = der.inside(algorithm, 'sequence')
  if (id === undefined || hash === undefined) return null
  if (!der.is(name, 'octets') || !der.is(key, 'octets')) return null
  if (!der.is(serialNumber, 'integer') || serialNumber.content.length > 21) return null
  const hex = Buffer.from(serialNumber.content)
    .toString('hex')
    .replace(/^(00)+/, '')
  return { id: id.whole, ofOurs: isOurs(hash, { name, key }, issuer), serialNumber: hex }
}

const hashes = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const

function isOurs(
  hash: Part,
  asked: { readonly name: Part; readonly key: Part },
  issuer: Responder['issuer'],
): boolean {
  const known = Object.entries(hashes).find(([, id]) => der.same(hash.whole, der.oid(id)))
  if (known === undefined) return false
  const [, key] = der.inside(der.readOnly(issuer.publicKey), 'sequence')
  const of = (bytes: Uint8Array) => createHash(known[0]).update(bytes).digest()
  return (
    der.same(asked.name.content, of(issuer.name)) &&
    der.same(asked.key.content, of(key!.content.subarray(1)))
  )
}
