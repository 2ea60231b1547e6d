/**
 * 公開情報 — what outsiders need to check a certificate: the authority's own certificates, the lists,
 * and OCSP (RFC 6960 appendix A). The addresses stand in every certificate.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CertificateStatus, ListIssuer } from '#outside/certificate-authority/port.ts'
import { networksOf } from '#platform/http/origin.ts'
import { pacerOfThisProcess } from '#platform/http/pace.ts'
import { Refused } from '#platform/http/problems.ts'
import { certificateBySerial } from './certificates-store.ts'
import { currentList, type ListNeeds } from './lists.ts'
import type { CertificateDesk } from './needs.ts'

export type PkiNeeds = ListNeeds & Pick<CertificateDesk, 'clock'>

/** An answer costs a signature of the vault. */
const perMinute = 120
/** A request for ten certificates has about 900 bytes. */
const requestBytesMax = 4_096

export function pkiRoutes(needs: PkiNeeds): (app: FastifyInstance) => void {
  const { authority, clock } = needs
  const pacer = pacerOfThisProcess()
  const onRequest = async (request: FastifyRequest) => {
    request.endpointName = 'pki'
    const bucket = { key: `pki ${networksOf(request.origin.address).own}`, perMinute }
    const seconds = await pacer.wait([bucket], clock.now())
    if (seconds !== null) throw new Refused('too-many-requests', { 'retry-after': String(seconds) })
  }
  const answer = async (reply: FastifyReply, request: Uint8Array) => {
    const bytes = await authority.ocspAnswer(request, (serial) => statusOf(needs, serial))
    return reply.type('application/ocsp-response').send(Buffer.from(bytes))
  }

  return (app) => {
    void app.register(async (pki) => {
      pki.addHook('onRequest', onRequest)
      pki.addContentTypeParser(
        'application/ocsp-request',
        { parseAs: 'buffer', bodyLimit: requestBytesMax },
        async (_request: FastifyRequest, bytes: Buffer) => bytes,
      )
      for (const issuer of ['root', 'issuing'] as const) addIssuer(pki, needs, issuer)
      pki.post('/pki/ocsp', (request, reply) =>
        answer(reply, Buffer.isBuffer(request.body) ? request.body : new Uint8Array()),
      )
      pki.get('/pki/ocsp/*', (request, reply) => {
        const { '*': base64 } = request.params as { '*': string }
        return answer(reply, Buffer.from(base64.slice(0, requestBytesMax), 'base64'))
      })
    })
  }
}

function addIssuer(pki: FastifyInstance, needs: PkiNeeds, issuer: ListIssuer): void {
  pki.get(`/pki/${issuer}.crt`, async (_request, reply) => {
    const chain = await needs.authority.chain()
    return reply.type('application/pkix-cert').send(Buffer.from(chain[issuer]))
  })
  pki.get(`/pki/${issuer}.crl`, async (_request, reply) => {
    const { der } = await currentList(needs, issuer, needs.clock.now())
    return reply.type('application/pkix-crl').send(Buffer.from(der))
  })
}

async function statusOf({ database }: PkiNeeds, serial: string): Promise<CertificateStatus> {
  const certificate = await database.asBank((tx) => certificateBySerial(tx, serial))
  if (certificate === null) return { status: 'unknown' }
  const { state, endedAt: at } = certificate
  if (at === null) return { status: 'good' }
  return { status: 'revoked', at, reason: state === 'superseded' ? 'superseded' : 'unspecified' }
}
