// The very script that docs/destinations.md tells people to paste, run on a made-up spreadsheet.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import type { Kept } from './receiver.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/destinations.md'), 'utf8')
const script = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''

export interface Sheet {
  run(body: string): string
  readonly rows: () => readonly Kept[]
}

export function runSheet(secret: string): Sheet {
  const cells: unknown[][] = []
  const sheet = {
    getLastRow: () => cells.length,
    appendRow: (row: unknown[]) => void cells.push(row),
    getRange: (row: number, column: number, height: number, width: number) => ({
      getValues: () =>
        cells.slice(row - 1, row - 1 + height).map((line) => line.slice(column - 1, column - 1 + width)),
      setNumberFormat() {
        return this
      },
      setValues: (values: unknown[][]) => values.forEach((line, i) => (cells[row - 1 + i] = line)),
    }),
  }
  const context = createContext({
    SpreadsheetApp: { getActiveSpreadsheet: () => ({ getSheets: () => [sheet] }) },
    LockService: { getScriptLock: () => ({ waitLock: () => {}, releaseLock: () => {} }) },
    ContentService: {
      MimeType: { JSON: 'json' },
      createTextOutput: (text: string) => ({ setMimeType: () => ({ text }) }),
    },
  })
  new Script(script.replace("'choose a secret'", JSON.stringify(secret))).runInContext(context)
  return {
    run: (body) => {
      const answer = new Script('doPost(event)').runInContext(
        Object.assign(context, { event: { postData: { contents: body } } }),
      ) as { text: string }
      return answer.text
    },
    rows: () => {
      const [names = [], ...lines] = cells
      return lines.map((line) => {
        const {
          id: _id,
          type: _type,
          time,
          ...fields
        } = Object.fromEntries(
          names.map((name, i) => [String(name), line[i]] as const).filter(([, value]) => value !== ''),
        )
        return { day: String(time).slice(0, 10), ...fields }
      })
    },
  }
}
