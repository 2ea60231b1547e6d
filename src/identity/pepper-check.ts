/**
 * Whether this process has the keys that this database's passwords were made with. With others it
 * would take every right password for a wrong one, and lock the customers out one by one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { firstPepperMac } from './credentials-store.ts'
import type { IdentityNeeds } from './needs.ts'

/** The vault holds other keys, or none yet, than those of this database. */
export class OtherKeys extends Error {
  override readonly name = 'OtherKeys'

  constructor() {
    super(
      'The keys in DATA_DIR are not those that the passwords in this database were made with. ' +
        'Nothing was changed. Give every process of the bank the same keys, or put the old ones back.',
    )
  }
}

/** The first process of a new database decides. @throws OtherKeys */
export async function assertSamePepper({
  database,
  vault,
}: Pick<IdentityNeeds, 'database' | 'vault'>): Promise<void> {
  const mac = createHmac('sha256', await vault.pepper())
    .update('madoguchi/pepper-check/1')
    .digest()
  const known = await database.asBank((tx) => firstPepperMac(tx, mac))
  if (!timingSafeEqual(known, mac)) throw new OtherKeys()
}
