/** 基準手数料 of a bank that has set none yet: figures as Japanese banks publish them, 消費税 included. */
import { yen } from '#kit/yen.ts'
import type { FeeService } from './fees.ts'
import type { FeeBands, FeeTable } from './table.ts'

const always = (fee: number): FeeBands => [{ from: yen(1), fee: yen(fee) }]
const split = (below: number, above: number): FeeBands => [
  { from: yen(1), fee: yen(below) },
  { from: yen(30_000), fee: yen(above) },
]

export const firstStandardTables: Readonly<Record<FeeService, FeeTable>> = {
  transfers: {
    'same-branch': always(0),
    'same-bank': split(110, 220),
    'other-bank': split(440, 605),
  },
  'supplier-payments': {
    'same-branch': always(0),
    'same-bank': split(110, 220),
    'other-bank': split(385, 550),
  },
  payroll: { 'same-branch': always(0), 'same-bank': always(0), 'other-bank': always(220) },
}

/** Of the tables above: before any order. */
export const sinceEver = Temporal.PlainDate.from('2000-01-01')
