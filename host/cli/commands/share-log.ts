import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import { ShareArgs } from '../../../shared/share.ts'
import type { LogEntry, LogErasure, LogLine, LogPage } from '../../../shared/share-log.ts'
import { ok } from '../../../shared/result.ts'
import { receiptLines } from '../../../shared/words/receipt-lines.ts'
import { flag, misused, optional, value, wholeNumber } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { moment, sayTrouble } from '../draw-share.ts'
import * as figures from '../figures.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.share
const usual = 20
const most = 1000

export const shareLog = defineCommand({
  operands: [optional('WORDS')],
  options: {
    limit: value('N', words.commands.log.limit),
    before: value('ENTRY', words.commands.log.before),
    verify: flag(words.commands.log.verify),
    out: value('OUT', words.commands.log.out),
    force: flag(words.commands.log.force),
    erase: flag(words.commands.log.erase),
    through: value('DAY', words.commands.log.through),
    yes: flag(words.commands.log.yes),
    json: flag(words.commands.log.json),
  },
  examples: [
    'sightglass share log',
    'sightglass share log 2026-11-20',
    'sightglass share log --out sent.jsonl',
    'sightglass share log --erase --through 2026-10-31',
  ],
  calls: ['share.log', 'share.verifyLog', 'share.exportLog', 'share.eraseLog'],
  async run(context, given) {
    const { bridge, out } = context
    const asJson = given.flag('json')
    if (given.flag('verify')) return verify(context, asJson)
    if (given.flag('erase')) return erase(context, given.value('through'), given.flag('yes'), asJson)
    const file = given.value('out')
    if (file !== null) return write(context, file, given.flag('force'), asJson)
    const limit = wholeNumber(given.value('limit') ?? String(usual), 1, most)
    if (limit === null) return misused(cli.mistakes.number('--limit', 1, most))
    const from = given.value('before')
    const before = from === null ? null : wholeNumber(from, 1, Number.MAX_SAFE_INTEGER)
    if (from !== null && before === null)
      return misused(cli.mistakes.number('--before', 1, Number.MAX_SAFE_INTEGER))
    const sought = given.operand('WORDS') ?? ''
    const page = await bridge.call('share.log', { words: sought, before, most: limit })
    if (!page.ok) return page
    out.write(`${asJson ? cleanJson(page.value) : drawPage(page.value, sought)}\n`)
    return ok(0)
  },
})

async function verify({ bridge, out }: Context<'share.verifyLog'>, asJson: boolean): Promise<Ending> {
  const verified = await bridge.call('share.verifyLog', {})
  if (!verified.ok) return verified
  const { entries, broken } = verified.value
  const lines = receiptLines(verified.value, words.receipts, figures.count)
  const chain = broken === null ? words.logSound(entries) : words.logBroken(broken)
  const said = [chain, ...lines.said, ...lines.failed].map(clean).join('\n')
  out.write(`${asJson ? cleanJson(verified.value) : said}\n`)
  return ok(broken === null && lines.failed.length === 0 ? 0 : 1)
}

/** Says first what is lost; then a person at a terminal is asked, and a script has said yes beforehand. */
async function erase(
  { bridge, out, ask }: Context<'share.eraseLog'>,
  day: string | null,
  yes: boolean,
  asJson: boolean,
): Promise<Ending> {
  const through = safeParse(ShareArgs.eraseLog.entries.through, day)
  if (!through.success) return misused(cli.mistakes.date('--through'))
  const wanted = { through: through.output }
  const lost = await bridge.call('share.eraseLog', { ...wanted, sure: false })
  if (!lost.ok) return lost
  const { entries } = lost.value
  const say = (sentence: string): void => void (asJson || out.write(`${sentence}\n`))
  say(entries === 0 ? words.erase.nothing : drawErasure(lost.value))
  const sure = entries > 0 && (yes || (await ask(words.erase.ask))?.trim().toLowerCase() === words.yes)
  const erased = sure ? await bridge.call('share.eraseLog', { ...wanted, sure }) : lost
  if (!erased.ok) return erased
  if (entries > 0) say(erased.value.erased ? words.erase.done(entries) : words.erase.stayed)
  if (asJson) out.write(`${cleanJson(erased.value)}\n`)
  return ok(0)
}

function drawErasure({ entries, receipts, provable, waiting, deletions }: LogErasure): string {
  const { erase } = words
  return [
    erase.lost(entries, receipts),
    ...(provable > 0 ? [erase.provable(provable)] : []),
    ...(waiting + deletions > 0 ? [erase.stays(waiting, deletions)] : []),
    erase.days,
  ].join('\n')
}

async function write(
  { bridge, out, folder }: Context<'share.exportLog'>,
  file: string,
  overwrite: boolean,
  asJson: boolean,
): Promise<Ending> {
  const written = await bridge.call('share.exportLog', { out: resolve(folder, file), overwrite })
  if (!written.ok) return written
  const { entries, path } = written.value
  out.write(`${asJson ? cleanJson(written.value) : words.logWritten(entries, clean(path))}\n`)
  return ok(0)
}

function drawPage({ lines, more, entries }: LogPage, sought: string): string {
  if (entries === 0) return words.logEmpty
  if (lines.length === 0) return words.logNone(clean(sought))
  const last = lines.at(-1)?.seq ?? 1
  return [...lines.map(drawLine), ...(more ? [words.logMore(last)] : [])].join('\n')
}

const drawLine = ({ seq, at, entry }: LogLine): string =>
  `${String(seq).padStart(5)}  ${moment(at)}  ${clean(saysEntry(entry))}`

/** "smart-agents 2026-11-20", or what else was asked. */
const sayAbout = (about: string): string =>
  about === 'deletion' || about === 'question' ? words.entries[about] : about

/** A receipt is hundreds of characters long. --json and --out have all of it. */
const shortened = (answer: string): string =>
  answer.length <= longest ? answer : `${answer.slice(0, longest)}…`
const longest = 80

function saysEntry(entry: LogEntry): string {
  const { entries } = words
  if (entry.what === 'attempt')
    return entries.attempt(
      words.size(entry.bytes),
      entry.destination,
      entry.address,
      entry.about.map(sayAbout).join(', '),
    )
  if (entry.what === 'outcome')
    return entries.outcome(entry.of, entries.outcomes[entry.outcome], shortened(sayTrouble(entry.told)))
  if (entry.what === 'dropped')
    return entries.dropped(entry.about.join(', '), entry.destination, entries.why[entry.why])
  if (entry.what === 'keys') {
    const [accepted, refused] = [entry.accepted.length, entry.refused.length].map(figures.count)
    return words.receipts.keys(entry.server, accepted ?? '', refused ?? '')
  }
  if (entry.what === 'on') return entries.on(entry.level)
  if (entry.what === 'erased') return entries.erased(entry.entries, entry.through)
  return entry.what === 'earlier' ? entries.earlier(entry.from) : entries[entry.what]
}
