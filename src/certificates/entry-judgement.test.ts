/** Every refusal of a shown certificate, and which comes first. */
import { expect, test } from 'vitest'
import { loginUri } from '#outside/certificate-authority/port.ts'
import { entryRefusals, judgeEntry, type Presented } from './entry-judgement.ts'
import type { CertificateState } from './certificate.ts'

const now = Temporal.Instant.from('2026-11-22T01:00:00Z')
const uri = loginUri('tanaka01')
const good = {
  ofOurs: true,
  forClients: true,
  names: { common: 'tanaka01', uri },
  notBefore: now,
  notAfter: now.add({ hours: 1 }),
} satisfies Presented
const registered = (state: CertificateState = 'valid', loginId = 'tanaka01') => ({ state, loginId })
const present = { loginId: 'tanaka01', uri }

type Case = [
  presented: Presented | null,
  certificate: ReturnType<typeof registered> | null,
  present: { loginId: string; uri: string } | null,
]
const judge = ([presented, certificate, present]: Case) => {
  const judged = judgeEntry(presented, { certificate, present, now })
  return judged.granted ? 'granted' : judged.reason
}

test.each<[string, Case]>([
  ['granted', [good, registered(), present]],
  ['granted', [good, registered('unused'), present]],
  ['certificate-missing', [null, null, null]],
  ['certificate-foreign', [{ ...good, ofOurs: false }, registered(), present]],
  ['certificate-foreign', [{ ...good, forClients: false }, registered(), present]],
  ['certificate-unknown', [good, null, null]],
  ['certificate-revoked', [good, registered('revoked'), present]],
  ['certificate-superseded', [good, registered('superseded'), present]],
  ['certificate-expired', [{ ...good, notAfter: now }, registered(), present]],
  ['certificate-expired', [{ ...good, notAfter: now }, registered('unused'), present]],
  [
    'certificate-not-yet-valid',
    [{ ...good, notBefore: now.add({ seconds: 1 }) }, registered(), present],
  ],
  [
    'certificate-of-another-id',
    [{ ...good, names: { common: 'sato2026', uri } }, registered(), present],
  ],
  [
    'certificate-of-another-id',
    [{ ...good, names: { common: 'tanaka01', uri: null } }, registered(), present],
  ],
  ['certificate-of-another-id', [good, registered('valid', 'tanaka99'), present]],
  [
    'certificate-of-another-id',
    [good, registered(), { loginId: 'tanaka02', uri: loginUri('tanaka02') }],
  ],
  ['certificate-of-another-id', [good, registered(), null]],
])('%s', (wanted, given) => {
  expect(judge(given)).toBe(wanted)
})

test('the refusals come in their published order', () => {
  const allWrong: Presented = {
    ...{ ofOurs: false, forClients: false, names: { common: null, uri: null } },
    ...{ notBefore: now.add({ hours: 1 }), notAfter: now },
  }
  const ours = { ...allWrong, ofOurs: true, forClients: true }
  const young = { ...ours, notAfter: now.add({ hours: 2 }) }
  const cases: Case[] = [
    [null, null, null],
    [allWrong, null, null],
    [ours, null, null],
    [ours, registered('revoked', 'x'), null],
    [ours, registered('superseded', 'x'), null],
    [ours, registered('valid', 'x'), null],
    [young, registered('valid', 'x'), null],
    [{ ...young, notBefore: now }, registered('valid', 'x'), null],
  ]
  expect(cases.map(judge)).toEqual([...entryRefusals])
})
