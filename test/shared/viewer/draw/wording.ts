import { createZone } from '../../../../shared/viewer/zone.ts'
import { createDates } from '../../../../shared/words/dates.ts'
import { en } from '../../../../shared/words/en.ts'
import { createNumbers } from '../../../../shared/words/numbers.ts'
import type { Wording } from '../../../../shared/words/wording.ts'

export function inEnglish(zone = 'UTC', firstDayOfWeek = 1): Wording {
  return {
    words: en,
    numbers: createNumbers('en-US'),
    dates: createDates('en-US', zone, 'just now'),
    zone: createZone(zone),
    firstDayOfWeek,
  }
}
