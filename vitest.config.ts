/**
 * Projects of tests.
 *   unit          rules and everything else that needs no database
 *   db-embedded   *.db.test.ts on the PostgreSQL that comes with the product
 *   db-debian     the same on Debian's PostgreSQL, where it is installed, without the long walks
 *   slow          *.slow.test.ts: starting and killing servers
 */
import { configDefaults, defineConfig } from 'vitest/config'
import { debianBinDir } from './test/postgres-debian.ts'

const databaseTests = 'src/**/*.db.test.ts'
const slowTests = 'src/**/*.slow.test.ts'

/** Clones of the template are cheap, but a slow machine may have two suites at it. */
const database = {
  include: [databaseTests, 'test/*.db.test.ts'],
  hookTimeout: 60_000,
  testTimeout: 30_000,
}

/** Hundreds of rounds that prove our own steps, not the server: once is enough. */
const longWalks = ['src/transfers/execution.db.test.ts', 'src/transfers/model.db.test.ts']

export default defineConfig({
  test: {
    // Much of these suites is waiting (for a schedule, for a server to end): two at a time use it.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.db.test.ts', '**/*.slow.test.ts'],
        },
      },
      { test: { name: 'db-embedded', ...database, globalSetup: './test/postgres-embedded.ts' } },
      ...(debianBinDir() === null
        ? []
        : [
            {
              test: {
                ...{ name: 'db-debian', ...database, globalSetup: './test/postgres-debian.ts' },
                exclude: [...configDefaults.exclude, ...longWalks],
              },
            },
          ]),
      {
        test: { name: 'slow', include: [slowTests], hookTimeout: 120_000, testTimeout: 120_000 },
      },
    ],
  },
})
