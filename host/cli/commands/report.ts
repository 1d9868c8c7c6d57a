import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { FileCheck, Progress } from '../../../shared/bridge.ts'
import { formats } from '../../../shared/formats/index.ts'
import { writeReport } from '../../../shared/report/page.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { isZone } from '../../../shared/settings.ts'
import type { Filter } from '../../../shared/viewer/filter.ts'
import { createZone } from '../../../shared/viewer/zone.ts'
import { createDates } from '../../../shared/words/dates.ts'
import { createNumbers } from '../../../shared/words/numbers.ts'
import type { Wording } from '../../../shared/words/wording.ts'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawReport } from '../draw-report.ts'
import * as figures from '../figures.ts'
import { filterOptions, isNarrowed, readFilter } from '../filter-options.ts'
import { showProgress } from '../progress.ts'
import { cli, locale, speech } from '../speech.ts'
import { clean, cleanJson, painter } from '../terminal.ts'
import { belongsTo } from '../../file/draft.ts'
import { writeWhole } from '../../file/write.ts'

const words = cli.commands.report
const calls = ['files.summary', 'files.overview', 'files.check', 'settings.get', 'app.info'] as const

export const report = defineCommand({
  operands: [needed('FILE')],
  options: {
    json: flag(words.json),
    zone: value('ZONE', words.zone),
    html: value('OUT', words.html),
    force: flag(words.force),
    ...filterOptions,
  },
  examples: [
    'sightglass report ~/.smart-agents/telemetry/telemetry.db',
    'sightglass report telemetry.db --zone UTC --json',
    'sightglass report telemetry.db --since 30d --where agent=planner --html report.html',
  ],
  calls,
  async run(context, given) {
    const { bridge, now, folder, explain } = context
    const wanted = given.value('zone')
    if (wanted !== null && !isZone(wanted)) return misused(cli.mistakes.zone(wanted))
    const out = given.value('html')
    if (out !== null && given.flag('json')) return misused(cli.mistakes.together('--html', '--json'))
    const settings = await bridge.call('settings.get', {})
    if (!settings.ok) return settings
    const zone = wanted ?? settings.value.timeZone ?? context.zone
    const filter = readFilter(given, createZone(zone), now())
    if (!filter.ok) return filter
    const path = resolve(folder, given.needed('FILE'))
    const target = out === null ? null : resolve(folder, out)
    if (target !== null && (await belongsTo(path, target))) return misused(cli.mistakes.sameFile)
    explain(cli.verbose.opening(path))
    const asked = { path, zone, filter: filter.value }
    const firstDayOfWeek = settings.value.firstDayOfWeek ?? 1
    if (target !== null)
      return writeHtml(context, { ...asked, firstDayOfWeek }, { target, overwrite: given.flag('force') })
    return print(context, asked, given.flag('json'))
  },
})

type Here = Context<(typeof calls)[number]>
interface Asked {
  readonly path: string
  readonly zone: string
  readonly filter: Filter
}

async function print(context: Here, asked: Asked, asJson: boolean): Promise<Ending> {
  const { bridge, out, signal } = context
  const read = await reading(context, asked.path, (show) =>
    bridge.stream('files.summary', asked, show, signal),
  )
  if (!read.ok) return read
  const { answer, warnings, took } = read.value
  const summary = { ...answer, warnings: [...answer.warnings, ...warnings] }
  tell(context, summary.format, summary.events, took)
  const narrowed = isNarrowed(asked.filter)
  out.write(
    asJson ? `${cleanJson(summary)}\n` : drawReport(summary, out.width, painter(out.colours), narrowed),
  )
  return ok(0)
}

async function writeHtml(
  context: Here,
  { firstDayOfWeek, ...asked }: Asked & { readonly firstDayOfWeek: number },
  { target, overwrite }: { readonly target: string; readonly overwrite: boolean },
): Promise<Ending> {
  const { bridge, out, now, signal } = context
  const info = await bridge.call('app.info', {})
  if (!info.ok) return info
  const read = await reading(context, asked.path, (show) =>
    bridge.stream('files.overview', { ...asked, firstDayOfWeek }, show, signal),
  )
  if (!read.ok) return read
  const { answer, warnings, took } = read.value
  tell(context, answer.format, answer.overview.figures.events, took)
  const { format: name, warnings: notes, ...counted } = answer
  const format = titleOf(name)
  const facts = {
    ...counted,
    format,
    filter: asked.filter,
    stack: null,
    made: now(),
    language: speech.language,
  }
  const page = await writeReport(
    { ...facts, notes: [...notes, ...warnings], version: info.value.version },
    wordingOf(answer.zone, firstDayOfWeek),
    sha256,
  )
  const written = await writeWhole(Buffer.from(page), target, overwrite)
  if (!written.ok) return written
  out.write(`${clean(cli.report.saved(figures.bytes(written.value), target))}\n`)
  return ok(0)
}

const sha256 = (text: string): Promise<string> =>
  Promise.resolve(createHash('sha256').update(text).digest('base64'))

function wordingOf(zone: string, firstDayOfWeek: number): Wording {
  const { words, language } = speech
  return {
    words,
    numbers: createNumbers(language === 'en' ? 'en' : locale),
    dates: createDates(locale, zone, words.window.justNow),
    zone: createZone(zone),
    firstDayOfWeek,
  }
}

interface Read<T> {
  readonly answer: T
  readonly warnings: readonly string[]
  /** Milliseconds. */
  readonly took: number
}

/** Reads, and looks the file through for damage beside it. */
async function reading<T>(
  context: Here,
  path: string,
  read: (show: (item: Progress) => void) => Promise<Result<T>>,
): Promise<Result<Read<T>>> {
  const { bridge, signal, now, explain } = context
  const begun = now()
  const progress = showProgress(context)
  const phases = new Set<Progress['phase']>()
  const show = (item: Progress): void => {
    phases.add(item.phase)
    progress.show(item)
  }
  const [answer, checked] = await Promise.all([
    read(show),
    bridge.stream('files.check', { path }, () => {}, signal),
  ])
  progress.end()
  if (!answer.ok) return answer
  explain(phases.has('copying') ? cli.verbose.copy : cli.verbose.place)
  if (checked.ok) for (const problem of checked.value.problems) explain(cli.verbose.problem(problem))
  return ok({ answer: answer.value, warnings: warningsOf(checked), took: now() - begun })
}

function tell({ explain }: Here, format: string, events: number, took: number): void {
  explain(cli.verbose.format(titleOf(format)))
  explain(cli.verbose.rows(events, figures.duration(took)))
}

const titleOf = (format: string): string => formats.find(({ name }) => name === format)?.title ?? format

function warningsOf(checked: Result<FileCheck>): string[] {
  if (!checked.ok) return [cli.report.unchecked]
  const { sound, otherNames } = checked.value
  return [...(sound ? [] : [cli.report.damaged]), ...(otherNames ? [cli.report.otherNames] : [])]
}
