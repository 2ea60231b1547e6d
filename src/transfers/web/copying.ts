/** 過去の振込データからの作成 — a new draft from an earlier order, opened at once. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from './words.ts'

export function useCopy() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (id: string) => client.copyTransfer({ params: { id }, body: {} }),
    onSuccess: ({ id, leftOut }) =>
      navigate({
        to: `/transfers/${id}/edit`,
        search: leftOut > 0 ? { leftOut } : {},
      } as never),
  })
}
