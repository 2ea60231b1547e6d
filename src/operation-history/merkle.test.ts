/** Merkle roots against the test vectors of Certificate Transparency (RFC 6962 reference code). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merkleTree, sha256 } from './merkle.ts'

const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test.for(roots.map((root, count) => [count, root] as const))('%i leaves', ([count, root]) => {
  const tree = merkleTree()
  for (const leaf of leaves.slice(0, count)) tree.add(Buffer.from(leaf, 'hex'))
  expect(tree.root().toString('hex')).toBe(root)
})

test('the growing tree equals the definition of the RFC for any number of leaves', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 70 }),
      (data) => {
        const tree = merkleTree()
        for (const leaf of data) tree.add(leaf)
        expect(tree.root()).toEqual(defined(data))
      },
    ),
  )
})

/** RFC 6962 §2.1, word for word. */
function defined(data: readonly Uint8Array[]): Buffer {
  if (data.length === 1) return sha256(Uint8Array.of(0), data[0]!)
  let half = 1
  while (half * 2 < data.length) half *= 2
  return sha256(Uint8Array.of(1), defined(data.slice(0, half)), defined(data.slice(half)))
}
