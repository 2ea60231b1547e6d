/** 依頼の写し — the order as PDF, handed to the browser. */
import { useMutation } from '@tanstack/react-query'
import { saveToDisk } from '#ui/client.ts'
import { client } from './words.ts'

export function useOrderPrint(id: string) {
  return useMutation({
    mutationFn: () => client.printTransfer({ params: { id } }),
    onSuccess: saveToDisk,
  })
}
