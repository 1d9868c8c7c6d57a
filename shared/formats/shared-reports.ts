// This program's own daily reports, as its file destination writes them: one report for each format and day.
// A report is one event, at the beginning of its day; its rows are ranges, which can't be added up.
import type { Format } from './format.ts'
import { textProof } from './text-tables.ts'

export const sharedReports: Format = {
  name: 'shared-reports',
  title: 'Sightglass',
  proof: textProof('shared_reports'),
  events: {
    table: 'shared_reports',
    key: 'line',
    json: 'data',
    time: { from: [{ json: 'day' }], encoding: 'iso' },
    kind: { column: 'record' },
    outcome: null,
    failedKinds: [],
    duration: null,
    dimensions: [
      { name: 'level', from: [{ json: 'level' }] },
      { name: 'version', from: [{ json: 'tool_version' }] },
      { name: 'os', from: [{ json: 'os' }] },
      { name: 'program', from: [{ json: 'program' }] },
    ],
    measures: [],
  },
  sensitive: [],
}
