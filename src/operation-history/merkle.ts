/**
 * Merkle tree hash of RFC 6962 §2.1 — one root over any number of leaves, made as they arrive.
 *
 * Leaves are hashed with the prefix 00 and inner nodes with 01, so that neither can be taken for
 * the other. Memory grows with the logarithm of the number of leaves.
 */
import { createHash } from 'node:crypto'

export interface MerkleTree {
  add(leaf: Uint8Array): void
  root(): Buffer
}

export function merkleTree(): MerkleTree {
  /** Complete subtrees, the largest first; no two of them have the same size when at rest. */
  const subtrees: { size: number; hash: Buffer }[] = []

  return {
    add(leaf) {
      let last = { size: 1, hash: sha256(Uint8Array.of(0), leaf) }
      while (subtrees.at(-1)?.size === last.size) {
        const left = subtrees.pop()!
        last = { size: left.size + last.size, hash: node(left.hash, last.hash) }
      }
      subtrees.push(last)
    },
    root() {
      if (subtrees.length === 0) return sha256()
      return subtrees.map(({ hash }) => hash).reduceRight((right, left) => node(left, right))
    },
  }
}

function node(left: Buffer, right: Buffer): Buffer {
  return sha256(Uint8Array.of(1), left, right)
}

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
