/** 振込先 on the wire: the shapes of payees, groups and files, and the refusals many calls share. */
import * as z from 'zod/mini'

export const who = {
  anyOf: ['transfers-payees', 'supplier-payments-payees', 'payroll-payees'],
} as const

export const Business = z.enum(['transfers', 'supplier-payments', 'payroll'])
export type Business = z.infer<typeof Business>
export const Id = z.object({ id: z.string().check(z.maxLength(36)) })
export const short = () => z.string().check(z.maxLength(200))

/** What was typed: judged by payee-fields.ts, which names the faults. */
export const Typed = z.object({
  bankCode: short(),
  branchCode: short(),
  kind: short(),
  number: short(),
  nameKana: short(),
  label: short(),
  bearer: short(),
  statedFee: short(),
  amount: short(),
  ediInformation: short(),
  memo: short(),
  groups: z.array(short()).check(z.maxLength(100)),
})
export type Typed = z.infer<typeof Typed>

export const Content = z.object({
  bankCode: z.string(),
  branchCode: z.string(),
  kind: z.enum(['ordinary', 'current', 'savings', 'other']),
  number: z.string(),
  bankName: z.string(),
  branchName: z.string(),
  nameKana: z.string(),
  label: z.string(),
  bearer: z.enum(['payer', 'payee-by-table', 'payee-stated']),
  statedFee: z.nullable(z.string()),
  amount: z.nullable(z.string()),
  ediInformation: z.nullable(z.string()),
  memo: z.string(),
  groups: z.array(z.string()),
})
export type Content = z.infer<typeof Content>

export const Shown = z.object({
  ...Content.shape,
  id: z.string(),
  payeeNumber: z.nullable(z.string()), // 受取人番号
  changedAt: z.iso.datetime(),
})
export type Shown = z.infer<typeof Shown>

export const Group = z.object({ id: z.string(), name: z.string(), count: z.int() })
export type Group = z.infer<typeof Group>

export const payeeFormats = ['csv', 'zengin'] as const
export const encodings = ['utf-8', 'shift_jis'] as const
export const Digest = z.string()

export const RowFault = z.object({
  row: z.int(), // from 1, the heading counted
  field: z.string(), // a field of Typed, or `record`
  code: z.string(), // of payee-fields.ts or file-reading.ts
  found: z.string(),
})
export type RowFault = z.infer<typeof RowFault>

/** The right is that of the business; asked first, everywhere. */
export const rightFirst = { 'payees-right-missing': 403 } as const
export const one = { 'payee-unknown': 404, ...rightFirst, 'filed-by-bank': 403 } as const
export const proposalFirst = { 'proposal-unknown': 404, ...rightFirst } as const
/** Asked once more in the transaction that makes the change. */
export const changed = {
  'payee-changed': 409,
  'too-many-payees': 409,
  'too-many-groups': 409,
} as const
