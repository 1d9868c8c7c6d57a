// What sharing is, as text: its state, and the preview that a person reads before they switch it on.
import type {
  ExampleLine,
  SharePlan,
  Shared,
  SharingStatus,
  ShownField,
  ShownRequest,
} from '../../shared/share.ts'
import type { DestinationState, SealedKey } from '../../shared/share-destinations.ts'
import type { Before } from '../../shared/sharing/examples.ts'
import { explain } from '../../shared/words/explain.ts'
import * as figures from './figures.ts'
import { cli, speech } from './speech.ts'
import { clean } from './terminal.ts'
import type { Output, Paint } from './terminal.ts'

const words = cli.share

/** UTC, as reports have it: 2026-11-21 04:10 */
export const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`

export function drawStatus(status: SharingStatus): string {
  const { level, forcedOffBy, since, inCI, destinations, next, deletionsPending } = status
  const pending = deletionsPending === 0 ? [] : [words.deletions(deletionsPending)]
  if (level === 'off')
    return [
      pending.length === 0 ? words.off : words.offBut,
      ...(forcedOffBy === null ? [] : [words.forcedOff[forcedOffBy]]),
      ...(inCI ? [words.inCI] : []),
      ...pending,
    ].join('\n')
  return [
    words.on(level, since === null ? '' : moment(since)),
    ...(destinations.length === 0
      ? [words.nowhere]
      : [words.to, ...destinations.flatMap(drawDestination), ...drawNext(next)]),
    words.undo,
    ...pending,
  ].join('\n')
}

const drawNext = (next: SharingStatus['next']): string[] =>
  next === null
    ? [words.noFiles]
    : [words.next(moment(next.earliest), moment(next.latest), next.to.join(', ')), words.running]

export function drawDestination(destination: DestinationState): string[] {
  const { name, address, level, state, lastError, delivery, takeBack, told } = destination
  const more = Object.entries(told).filter(([need]) => need !== 'address' && need !== 'path')
  return [
    `  ${[name, clean(address), ...(level === null ? [] : [level])].join('  ')}`,
    ...more.map(([need, text]) => `    ${need} ${clean(text)}`),
    `    ${words.states[state]}${lastError === null ? '' : ` (${sayTrouble(lastError)})`}`,
    `    ${words.delivery[delivery]}; ${words.takenBack[takeBack]}`,
  ]
}

export const sayTrouble = (lastError: string): string => clean(words.trouble(lastError))

/** Destinations that were set and count as not set, with what helps. */
export const drawSealed = (sealed: readonly SealedKey[]): string[] =>
  sealed.map((key) => clean(explain(key, speech.words)))

export function writeSealed(sealed: readonly SealedKey[], out: Pick<Output, 'write'>): void {
  for (const line of drawSealed(sealed)) out.write(`${line}\n`)
}

export function drawShared(all: readonly Shared[]): string[] {
  return all.flatMap(({ batches, firstDay, lastDay, to, address, takeBack, pending, confirmed, sent }) => [
    `  ${words.shared(batches, firstDay, lastDay, to, clean(address))}`,
    ...(confirmed < batches ? [`    ${words.takeBack[takeBack]}`] : []),
    ...(pending > 0 ? [`    ${words.pending(pending)}`] : []),
    ...(confirmed > 0 ? [`    ${words.confirmed(confirmed)}`] : []),
    ...sent.map(({ batch, about, arrived, deletion, lastError }) => {
      const state = words.deletion[deletion === 'none' && !arrived ? 'perhaps' : deletion]
      const why = lastError === null || deletion === 'confirmed' ? '' : ` (${sayTrouble(lastError)})`
      return `    ${batch}  ${clean(about.join(', '))}  ${state}${why}`
    }),
  ])
}

/** What the window says before consent is said here as well. */
const { sentence, aboutLevels, fields: fieldWords } = speech.words.window.sharing
const { besides } = fieldWords
const besideIds = ['batch_id', 'anonymous_id', 'secret_hash'] as const

/** All that a person should have seen before they say yes. */
export function drawConsent(
  plan: SharePlan,
  destinations: readonly DestinationState[],
  paint: Paint,
): string {
  const { lines, fields, requests, first, day, level, files } = plan
  return [
    sentence,
    aboutLevels[level],
    '',
    paint('bold', words.to),
    ...(destinations.length === 0 ? [`  ${words.nowhere}`] : destinations.flatMap(drawDestination)),
    words.first(moment(first.earliest), moment(first.latest)),
    words.undo,
    '',
    paint('bold', words.ticked),
    ...files.map(({ path }) => `  ${clean(path)}`),
    '',
    paint('bold', `${words.yourDay} (${words.about(day, level)})`),
    ...lines.map(drawLine),
    '',
    paint('bold', words.fields),
    ...fields.flatMap(drawField),
    '',
    paint('bold', besides.title),
    ...besideIds.map((name) => `  ${name}: ${besides[name]}`),
    besides.network,
    '',
    ...requests.flatMap((request) => drawRequest(request, paint)),
    words.notSent,
    ...(plan.idsAreExamples ? [words.ids] : []),
    ...drawHash(plan),
    '',
  ].join('\n')
}

/** What a script says instead of a yes, whole, so that no other level or day than the one that was read is meant. */
export const drawHash = ({ level, day, seen }: Pick<SharePlan, 'level' | 'day' | 'seen'>): string[] => [
  words.script,
  `  sightglass share on --level ${level} --day ${day} --${readHash} ${seen}`,
  words.hash(seen),
]
export const readHash = 'i-have-read-the-preview'

/** The body stands between lines of its own, to its last sign; it holds words from closed lists only. */
export function drawRequest(request: ShownRequest, paint: Paint): string[] {
  const { to, address, method, headers, body, bytes, sha256 } = request
  const said = body.trimEnd()
  const spaces = body.length - said.length
  return [
    paint('bold', `${to}  ${method} ${clean(address)}`),
    ...Object.entries(headers).map(([name, value]) => `${clean(name)}: ${clean(value)}`),
    '',
    said,
    '',
    paint(
      'dim',
      [words.size(bytes), ...(spaces > 1 ? [words.spaces(spaces)] : []), `sha256 ${sha256}`].join(' · '),
    ),
    '',
  ]
}

function drawLine({ subject, word, count, errorRate, median }: ExampleLine): string {
  const more = [
    ...(errorRate === null ? [] : [words.lineFailed(errorRate)]),
    ...(median === null ? [] : [words.lineMedian(median)]),
  ]
  return `  ${[words.line(subject, word, count), ...more].join(', ')}`
}

function drawField({ name, leaves, before, after, reason }: ShownField): string[] {
  return [`  ${name}: ${reason}`, `    ${clean(said())}`]

  function said(): string {
    if (!leaves) return after === null ? words.stays : words.staysAs(after)
    if (after === null) return words.reasonless
    return before === null ? after : words.leaves(drawBefore(before), after)
  }
}

function drawBefore(before: Before): string {
  if (before.is === 'word') return clean(before.word)
  if (before.is === 'moment') return new Date(before.at).toISOString()
  if (before.is === 'events') return figures.count(before.count)
  if (before.is === 'failed') return `${figures.count(before.failed)} / ${figures.count(before.of)}`
  return `${figures.count(Math.round(before.milliseconds))} ms`
}
