/**
 * XML from strangers as a tree of elements: no document type, so no entities and nothing fetched
 * from elsewhere; a bounded depth; every name with the namespace that its prefix stands for.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { granted, refused, type Outcome } from '#kit/outcome.ts'

export type XmlRefusal = 'doctype-forbidden' | 'too-deep' | 'not-xml' // in this order

export interface Element {
  readonly namespace: string
  readonly name: string // without prefix
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/** What the parser gives: one key is the tag with its content, `:@` its attributes. */
type Node = { readonly [tag: string]: readonly Node[] } & {
  readonly '#text'?: string
  readonly ':@'?: Readonly<Record<string, string>>
}
type NamespaceOf = (prefix: string) => string

const depthMax = 32
/** XML 1.0 allows tab, CR and LF of these; the rest could play tricks on a terminal. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
/** One tag of a file of nothing but attributes would keep the validator busy for long. */
const endlessTag = /<[^<>!?][^<>]{4096,}/

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: depthMax,
})

export function readXml(bytes: Uint8Array): Outcome<Element, XmlRefusal> {
  // Before any parsing, whatever the encoding claims to be.
  if (/<!(doctype|entity)/i.test(Buffer.from(bytes).toString('latin1'))) {
    return refused('doctype-forbidden')
  }
  const text = decode(bytes)
  if (text === null || control.test(text) || endlessTag.test(text)) return refused('not-xml')
  const nodes = parse(text)
  if (typeof nodes === 'string') return refused(nodes)
  const roots = elementsIn(nodes, () => '')
  if (roots.length !== 1 || XMLValidator.validate(text) !== true) return refused('not-xml')
  return granted(roots[0]!)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Bounds the depth, at once; is lenient otherwise, so the validator comes after it. */
function parse(text: string): readonly Node[] | 'too-deep' | 'not-xml' {
  try {
    return parser.parse(text) as Node[]
  } catch (fault) {
    return /nested/i.test((fault as Error).message) ? 'too-deep' : 'not-xml'
  }
}

function elementsIn(nodes: readonly Node[], outer: NamespaceOf): Element[] {
  return nodes
    .filter((node) => node['#text'] === undefined)
    .map((node) => {
      const tag = Object.keys(node).find((key) => key !== ':@') ?? ''
      const content = node[tag] ?? []
      const attributes = node[':@'] ?? {}
      const namespaceOf: NamespaceOf = (prefix) =>
        attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? outer(prefix)
      const [prefix, name] = tag.includes(':') ? tag.split(':', 2) : ['', tag]
      return {
        namespace: namespaceOf(prefix!),
        name: name!,
        attributes,
        children: elementsIn(content, namespaceOf),
        text: unescaped(content.map((node) => node['#text'] ?? '').join('')).trim(),
      }
    })
}

/** The five that need no declaration. Others stay as they stand, and mean nothing. */
function unescaped(text: string): string {
  const meant: Readonly<Record<string, string>> = {
    ...{ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' },
  }
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => meant[name]!)
}
