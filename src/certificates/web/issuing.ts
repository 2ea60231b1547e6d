/**
 * 証明書発行処理 — the key is made in the page and goes nowhere but into the .p12: the bank gets a
 * PKCS#10 request and answers with the certificate.
 *
 * The key lives as long as the screen. Whoever presses 「発行」 again sends the same request, so
 * that a lost answer costs no certificate: the bank gives the one that it has issued for it.
 */
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { problemOf } from '#ui/faults.tsx'
import type { Issued } from '../contract.ts'
import type { KeyPair } from './pkcs12.ts'

export const stages = ['key', 'certificate', 'file'] as const
export type Stage = (typeof stages)[number]

/** What shows that it is the customer: the token's code, or that of the bank's letter. */
export interface Proof {
  readonly challengeId: string | null
  readonly transactionCode: string | null
  readonly letterCode: string | null
}

export interface Order {
  readonly proof: Proof
  readonly passphrase: string
}

export interface CertificateFile {
  readonly issued: Issued
  readonly fileName: string
  readonly file: Blob
}

interface Made {
  readonly keyPair: KeyPair
  readonly request: string // PKCS#10 in base64
}

export interface IssuingNeeds {
  readonly loginId: string
  readonly send: (body: Proof & { readonly request: string }) => Promise<Issued>
  readonly onIssued: (made: CertificateFile) => void
}

export function useIssuing({ loginId, send, onIssued }: IssuingNeeds) {
  const made = useRef<Made>(null)
  const [stage, setStage] = useState<Stage | null>(null)
  const mutation = useMutation({
    mutationFn: async ({ proof, passphrase }: Order) => {
      try {
        setStage('key')
        const { keyPair, request } = (made.current ??= await make(loginId))
        setStage('certificate')
        const issued = await persistently(() => send({ ...proof, request }))
        setStage('file')
        return await fileOf(issued, { keyPair, passphrase })
      } catch (thrown) {
        // The form is back before its error is said: a screen that arrives takes the focus, and
        // then the error has to have it.
        flushSync(() => setStage(null))
        throw thrown
      }
    },
    onSuccess: (file) => {
      made.current = null
      onIssued(file)
    },
  })
  return { stage, start: mutation.mutate, pending: mutation.isPending, error: mutation.error }
}

/** Its library is large: it comes when it is needed, and a form is looked at before. */
const pkcs12 = () => import('./pkcs12.ts')

async function make(loginId: string): Promise<Made> {
  const { makeRequest, newKeyPair } = await pkcs12()
  const keyPair = await newKeyPair()
  return { keyPair, request: base64Of(await makeRequest(keyPair, loginId)) }
}

/** Without any answer it is not known whether the certificate was issued: the same is asked again. */
async function persistently(send: () => Promise<Issued>): Promise<Issued> {
  for (const waitSeconds of [1, 2, 4]) {
    // oxlint-disable no-await-in-loop -- one after the other is the point
    try {
      return await send()
    } catch (thrown) {
      if (problemOf(thrown) !== null) throw thrown
    }
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000))
    // oxlint-enable no-await-in-loop
  }
  return send()
}

async function fileOf(
  issued: Issued,
  { keyPair, passphrase }: { readonly keyPair: KeyPair; readonly passphrase: string },
): Promise<CertificateFile> {
  const { buildPkcs12 } = await pkcs12()
  const bytes = await buildPkcs12({
    privateKey: keyPair.privateKey,
    certificate: bytesOf(issued.certificate),
    chain: issued.chain.map(bytesOf),
    name: issued.loginId,
    password: passphrase,
  })
  const file = new Blob([bytes], { type: 'application/x-pkcs12' })
  return { issued, fileName: `${issued.loginId}.p12`, file }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
