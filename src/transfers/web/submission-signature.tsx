/** トランザクション認証 of an order that is carried out without approval. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '#ui/button.tsx'
import type { digitsFault } from '#ui/digits.ts'
import { FaultNotice } from '#ui/faults.tsx'
import { SignatureCard } from '#ui/signature-card.tsx'
import { useSaySignatureRefusal } from '#ui/signature-words.ts'
import { Loading, Notice } from '#ui/signs.tsx'
import type { Confirmation } from './answers.ts'
import { client, useSayRefusal, useWords } from './words.ts'

/** The 2D code belongs to exactly what is shown; another one may be asked for. */
export function useSignature(id: string, { digest, asks }: Confirmation) {
  const first = useQuery({
    queryKey: ['transfers', 'signature', id, digest],
    queryFn: () => client.beginSubmission({ params: { id }, body: { digest } }),
    enabled: asks.token,
    ...{ gcTime: 0, staleTime: Infinity, retry: false, throwOnError: false },
    ...{ refetchOnWindowFocus: false, refetchOnReconnect: false },
  })
  const another = useMutation({
    mutationFn: () => client.beginSubmission({ params: { id }, body: { digest } }),
  })
  return {
    challenge: another.data ?? first.data ?? null,
    error: another.error ?? (another.data ? null : first.error),
    renew: () => another.mutate(),
    renewing: another.isPending || first.isFetching,
  }
}

interface SignatureProps {
  readonly signature: ReturnType<typeof useSignature>
  readonly error: unknown
  readonly fault: ReturnType<typeof digitsFault>
}

export function Signature({ signature, error, fault }: SignatureProps) {
  const words = useWords().confirm
  const saySignature = useSaySignatureRefusal()
  const sayRefusal = useSayRefusal()
  const { challenge, renew, renewing } = signature
  if (challenge !== null) {
    return (
      <SignatureCard
        challenge={challenge}
        name="transactionCode"
        error={signature.error ?? error}
        fault={fault}
        onRenew={renew}
        renewing={renewing}
      />
    )
  }
  if (signature.error === null) return <Loading />
  const sentence = saySignature(signature.error) ?? sayRefusal(signature.error)
  return (
    <>
      {sentence === null ? (
        <FaultNotice error={signature.error} />
      ) : (
        <Notice look="error" title={sentence} announced />
      )}
      <Button look="secondary" className="self-start" pending={renewing} onClick={renew}>
        {words.code}
      </Button>
    </>
  )
}
