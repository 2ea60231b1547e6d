/** 金融機関マスタ — what the browser may ask. Its shapes stand in the kit, for every form's use. */
import { bankSearch } from '#kit/bank-search.ts'

export const contract = { ...bankSearch } as const
