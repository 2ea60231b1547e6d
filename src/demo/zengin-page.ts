/**
 * デモの全銀システム — a page on which a tester sees the simulated other banks (what has arrived on
 * whose account, each message and its answer) and makes them fail. Only for the demo: whoever
 * reaches the counter may use it. No script, and nothing of a message becomes markup.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Outcome } from '#kit/outcome.ts'
import type { PlayedBanks } from '#outside/zengin-net/port.ts'
import { Refused } from '#platform/http/problems.ts'
import { comesFromOurselves } from '#platform/http/same-origin.ts'
import { policyOfData } from '#platform/http/security-headers.ts'
import { en } from './messages.zengin.en.ts'
import { ja } from './messages.zengin.ja.ts'
import { accountForm, bankForm, switchForm, type FormFault } from './zengin-forms.ts'
import { zenginMarkup, zenginStyle } from './zengin-markup.ts'

export interface ZenginPageNeeds {
  readonly banks: PlayedBanks
  readonly publicOrigin: string // from which its forms come
}

const path = '/demo/zengin-net'
const headers = {
  'content-security-policy':
    policyOfData.replace("form-action 'none'", "form-action 'self'") +
    "; style-src 'self'; require-trusted-types-for 'script'",
  // Without a referrer the browser would send its forms from the origin `null`.
  'referrer-policy': 'same-origin',
}

/** @returns what adds the page to a counter (`extra`) */
export function zenginPage(needs: ZenginPageNeeds): (app: FastifyInstance) => void {
  const { banks } = needs
  return (app) => {
    app.get(`${path}.css`, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(zenginStyle),
    )
    app.get(path, async (request, reply) => show(needs, request, reply))
    void app.register(async (forms) => {
      forms.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string' },
        async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
      )
      forms.addHook('onRequest', async ({ raw: { method, headers: sent } }) => {
        const { publicOrigin } = needs
        if (!comesFromOurselves({ method: method!, headers: sent, publicOrigin })) {
          throw new Refused('other-origin')
        }
      })
      const form = (name: string, act: (fields: URLSearchParams) => Promise<FormFault | null>) =>
        forms.post(`${path}/${name}`, async (request, reply) => {
          const { body } = request
          const fault = await act(body instanceof URLSearchParams ? body : new URLSearchParams())
          if (fault !== null) return show(needs, request, reply, fault)
          return reply.redirect(`${path}?done`, 303)
        })
      form('accounts', async (fields) =>
        asked(accountForm(fields), (account) => banks.openAccount(account)),
      )
      form('switches', async (fields) => asked(switchForm(fields), (one) => banks.setSwitch(one)))
      form('banks', async (fields) => asked(bankForm(fields), (bank) => banks.setBank(bank)))
      form('answers', async () => {
        await banks.releaseAnswers()
        return null
      })
    })
  }
}

/** @returns what was wrong, or null when it was done */
async function asked<Value>(
  read: Outcome<Value, FormFault>,
  act: (value: Value) => Promise<Outcome<void, FormFault> | void>,
): Promise<FormFault | null> {
  if (!read.granted) return read.reason
  const outcome = await act(read.value)
  return outcome !== undefined && !outcome.granted ? outcome.reason : null
}

async function show(
  { banks }: ZenginPageNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
  fault: FormFault | null = null,
) {
  const { language } = request.origin
  const page = zenginMarkup({
    ...{ language, texts: { ja, en }[language], fault },
    overview: await banks.overview(),
    bankName: (code) => banks.bankName(code),
    isDone: fault === null && request.url.endsWith('?done'),
  })
  return reply
    .code(fault === null ? 200 : 422)
    .headers(headers)
    .type('text/html; charset=utf-8')
    .send(page)
}
