/** Everything that `npm run bench` measures, in this order. Another measurement is added here. */
import { bulk } from './bulk.ts'
import type { Measure } from './measure.ts'
import { posting } from './posting.ts'
import { screens } from './screens.ts'
import { start } from './start.ts'
import { statement } from './statement.ts'
import { token } from './token.ts'

export const measures: readonly Measure[] = [posting, bulk, statement, token, start, screens]
