/** RFC 9457 problem — the one shape of every error on the wire. */
import * as z from 'zod/mini'

export const Problem = z.object({
  type: z.string(), // /problems/<code>
  title: z.string(), // English, for engineers; screens have their own sentence for the code
  status: z.int(),
  code: z.string(),
  inquiryNumber: z.string(), // お問い合わせ番号
  instance: z.optional(z.string()),
  /** Fields at fault: JSON path from the body, and the name of the broken rule. */
  errors: z.optional(z.array(z.object({ path: z.string(), code: z.string() }))),
  /** Facts that the sentence needs, e.g. tries left or when a lock ends. */
  facts: z.optional(z.record(z.string(), z.string())),
})
export type Problem = z.infer<typeof Problem>
