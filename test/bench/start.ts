/** From the start of the process on an initialised data folder to the first page. */
import { newHouse } from './house.ts'
import { ascending, milliseconds, percentile, type Measure } from './measure.ts'

const bar = 3_000
const rounds = 3

export const start: Measure = {
  name: 'start',
  async run({ say }) {
    say(`start: an initialised bank, ${rounds} times`)
    const house = await newHouse()
    const times: number[] = []
    try {
      await house.open()
      for (let round = 0; round < rounds; round++) {
        // oxlint-disable no-await-in-loop -- one start after the other
        await house.close()
        times.push(await house.open())
        // oxlint-enable no-await-in-loop
      }
    } finally {
      await house.remove()
    }
    const sorted = ascending(times)
    const time = percentile(sorted, 50)
    return [
      {
        what: 'start of an initialised bank to the first page',
        ours: `${milliseconds(time)} (median of ${rounds})`,
        against: `${milliseconds(bar)} allowed`,
        ratio: time / bar,
        bar: { atMost: 1 },
        detail: { time, fastest: sorted[0]!, slowest: sorted.at(-1)! },
      },
    ]
  },
}
