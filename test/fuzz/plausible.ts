/** Values that a schema asks for, and values that no schema asks for. */
import fc, { type Arbitrary } from 'fast-check'
import * as z from 'zod'

/** The part of JSON Schema that zod writes. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** Values by the name of their field, e.g. account keys that exist, and those of others. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>

export function plausible(schema: object, known: KnownValues): Arbitrary<unknown> {
  const written = z.toJSONSchema(schema as never, { io: 'input', unrepresentable: 'any' })
  return from(written as Schema, known)
}

function from(schema: Schema, known: KnownValues): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) return fc.oneof(...choices.map((choice) => from(choice, known)))
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'object') return objectOf(schema, known)
  if (type === 'array') {
    const { items = {}, minItems = 0, maxItems = 5 } = schema
    return fc.array(from(items, known), { minLength: minItems, maxLength: Math.min(maxItems, 20) })
  }
  if (type === 'string') return textOf(schema)
  if (type === 'integer') return fc.integer(limits(schema))
  if (type === 'number') return fc.double({ ...limits(schema), noNaN: true })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return fc.oneof(fc.string(), fc.integer(), fc.constant(undefined))
}

function objectOf({ properties = {}, required = [] }: Schema, known: KnownValues) {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const values = known[name]
    const value = from(schema, known)
    return [
      name,
      values ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, value) : value,
    ]
  })
  return fc.record(Object.fromEntries(fields) as Record<string, Arbitrary<unknown>>, {
    requiredKeys: required as string[],
  })
}

function textOf({ pattern, format, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date')
    return fc.constantFrom('2026-11-22', '2026-02-28', '1900-01-01', '9999-12-31')
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern, 'u'))
    } catch {
      // A pattern that fast-check cannot turn around: plain text must do.
    }
  }
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 200) })
}

function limits({ minimum, maximum }: Schema): { min: number; max: number } {
  return { min: Math.max(minimum ?? -1e9, -1e9), max: Math.min(maximum ?? 1e9, 1e9) }
}

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud842',
  '\udfb7\ud842',
  '𠮷'.repeat(300),
  '👨‍👩‍👧‍👦',
  'ﾃｽﾄ１２３',
  'A\u0301\u0301\u0301\u0301',
  '\u202etxt.exe',
  '\ufeff',
  '\r\nSet-Cookie: a=b',
  "'; drop table identity.session; --",
  "' or 1=1 --",
  '%',
  '\\',
  '_%_',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}',
  '=cmd|calc!A1',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '0x10',
  '9'.repeat(400),
  '-9223372036854775809',
  '99999999999999999999',
  '2026-02-30',
  '0000-00-00',
  '+275760-09-13',
  '-271821-04-20',
  '12026-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  '101-ordinary-0000000',
]

export const hostileValues: readonly unknown[] = [
  ...hostileTexts,
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  [[[[[]]]]],
  {},
  { $ne: null },
  { toString: 'x' },
  { length: 3 },
  JSON.parse('{"__proto__":{"polluted":true}}'),
]

export const hostileBodies: readonly string[] = [
  '',
  '{',
  '[',
  'null',
  '"text"',
  '0',
  '{"a":1,}',
  '{"a":NaN}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '['.repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `{"a":"${'x'.repeat(300_000)}"}`,
  '\u00ff\u00fe',
]
