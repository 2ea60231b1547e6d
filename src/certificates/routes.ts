/** 電子証明書 — what the browser may ask. The rules are in the files named after them. */
import type { IssueDesk } from './needs.ts'
import { refuse, routes, type Routes } from '#platform/http/routes.ts'
import { authenticateForIssue } from './authentication.ts'
import { renewableFrom, stateNow } from './certificate.ts'
import { certificatesOf } from './certificates-store.ts'
import { contract } from './contract.ts'
import { issueByProof, renewIssueChallenge } from './issue.ts'
import { issuedAnswer } from './issuing.ts'
import { beginRenewal, ownCertificate, renew } from './renewal.ts'
import { isAdministrator, revokeByAdministrator } from './revocation.ts'
import type { Handlers } from '#platform/http/routes.ts'

type Answers = Handlers<typeof contract>

export function certificateRoutes(needs: IssueDesk): Routes {
  return routes(contract, {
    ...issueRoutes(needs),
    ...ownRoutes(needs),
    ...administratorRoutes(needs),
  })
}

function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64')
}

function issueRoutes(
  needs: IssueDesk,
): Pick<Answers, 'authenticateForCertificate' | 'renewIssueChallenge' | 'issueCertificate'> {
  return {
    authenticateForCertificate: async ({ input, reply, ...came }) => {
      const outcome = await authenticateForIssue(needs, input.body, came)
      if ('refuse' in outcome) {
        const { refuse: reason, facts } = outcome
        // Nothing was shown by certificate: the login alone has this refusal.
        if (reason === 'certificate-login-over') throw new Error(`${reason} without a certificate`)
        return refuse(reason, { facts })
      }
      reply.holdEntry(outcome.entryToken)
      const { user, company, proof, challenge, expiresAt } = outcome
      return {
        ...{ loginId: user.loginId, userName: user.name, companyName: company.name },
        ...{ proof, challenge, expiresAt: expiresAt.toString() },
      }
    },

    renewIssueChallenge: async ({ entryToken, now }) => {
      const outcome = await renewIssueChallenge(needs, entryToken, now)
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },

    issueCertificate: async ({ input, entryToken, now, origin }) => {
      const form = { ...input.body, request: bytesOf(input.body.request) }
      const outcome = await issueByProof(needs, { entryToken, form, now, origin })
      if ('refuse' in outcome) return refuse(outcome.refuse, { facts: outcome.facts })
      return issuedAnswer(needs, outcome.certificate, outcome.coolDownUntil)
    },
  }
}

function ownRoutes(
  needs: IssueDesk,
): Pick<Answers, 'showOwnCertificate' | 'beginCertificateRenewal' | 'renewCertificate'> {
  return {
    showOwnCertificate: ({ visitor, now }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        const own = await ownCertificate(needs, tx, visitor, now)
        if (own === null) return { certificate: null }
        const { certificate, renewable, renewed } = own
        return {
          certificate: {
            ...{ id: certificate.id, serialNumber: certificate.serialNumber, renewable, renewed },
            issuedAt: certificate.issuedAt.toString(),
            validUntil: certificate.notAfter.toString(),
            renewableFrom: renewableFrom(certificate, needs.parameters).toString(),
          },
        }
      }),

    beginCertificateRenewal: async ({ visitor, now }) => {
      const outcome = await beginRenewal(needs, visitor, now)
      return outcome.granted ? outcome.value : refuse(outcome.reason)
    },

    renewCertificate: async ({ input, visitor, now, origin }) => {
      const form = { ...input.body, request: bytesOf(input.body.request) }
      const outcome = await renew(needs, visitor, { form, now, origin })
      if ('refuse' in outcome) return refuse(outcome.refuse, { facts: outcome.facts })
      return issuedAnswer(needs, outcome, null)
    },
  }
}

function administratorRoutes(
  needs: IssueDesk,
): Pick<Answers, 'listCertificates' | 'revokeCertificate'> {
  return {
    listCertificates: ({ visitor, now }) =>
      needs.database.asCompany(visitor.companyId, async (tx) => {
        if (!isAdministrator(visitor)) return refuse('administrator-required')
        const users = await needs.administration.usersOf(tx, visitor.companyId)
        const names = new Map(users.map(({ id, name }) => [id, name]))
        const all = await certificatesOf(tx, visitor.companyId)
        return {
          certificates: all.map((one) => ({
            ...{ id: one.id, userId: one.userId, loginId: one.loginId },
            userName: names.get(one.userId) ?? '',
            state: stateNow(one, now),
            serialNumber: one.serialNumber,
            issuedAt: one.issuedAt.toString(),
            validUntil: one.notAfter.toString(),
          })),
        }
      }),

    revokeCertificate: async ({ input, visitor, now, origin }) => {
      const asked = { id: input.params.id, ...input.body, now, origin }
      const outcome = await revokeByAdministrator(needs, visitor, asked)
      if (outcome === null) return undefined
      return refuse(outcome.refuse, { facts: outcome.facts })
    },
  }
}
