// `npm run demo:community`: the whole loop, step by step, on this machine alone. A community server, many installations
// that share for weeks, the trends, one of them in the viewer, and another one that takes everything back.
import { existsSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DatabaseSync } from 'node:sqlite'
import { drawTrends } from '../../host/cli/draw-trends.ts'
import { painter } from '../../host/cli/terminal.ts'
import { hasScreen, openBrowser } from '../../host/web/browser.ts'
import { scriptLanguage } from '../../scripts/language.mjs'
import { usualConfig } from '../../server/config.ts'
import { readTrends } from '../../shared/community/trends.ts'
import type { Trends } from '../../shared/community/trends.ts'
import { startCommunity } from '../e2e/community-server.ts'
import type { CommunityServer } from '../e2e/community-server.ts'
import { startWebHost } from '../e2e/web-program.ts'
import { disperse, firstMidnight, gather, share, switchAllOn } from './crowd.ts'
import { day } from './habits.ts'
import { addressOf, good, takeBack } from './installation.ts'
import type { Installation } from './installation.ts'
import { makeRoom } from './room.ts'
import { rareAgent } from './telemetry.ts'
import { wordsIn } from './words.ts'

const words = wordsIn[scriptLanguage(process.env)]

interface Wish {
  readonly people: number
  readonly days: number
  readonly keep: string | null
  readonly open: boolean
}

function readWish(): Wish | string {
  const options = {
    people: { type: 'string', default: '200' },
    days: { type: 'string', default: '60' },
    keep: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  let values
  try {
    ;({ values } = parseArgs({ options }))
  } catch {
    return words.usage
  }
  if (values.help) return words.usage
  const [people, days] = [Number(values.people), Number(values.days)]
  if (!(people >= 12 && people <= 2000)) return words.badNumber('--people', 12, 2000)
  if (!(days >= 14 && days <= 80)) return words.badNumber('--days', 14, 80)
  const keep = values.keep === undefined ? null : resolve(process.env['INIT_CWD'] ?? '.', values.keep)
  if (keep !== null && existsSync(keep)) return words.badFolder(keep)
  return { people, days, keep, open: !values['no-open'] }
}

interface Stage extends Wish {
  readonly folder: string
  readonly say: (sentence: string) => void
  /** Ended in turn, the last first. */
  readonly toEnd: (() => Promise<void> | void)[]
}

async function begin(): Promise<void> {
  const wish = readWish()
  if (typeof wish === 'string') {
    console.log(wish)
    process.exitCode = wish === words.usage && process.argv.includes('--help') ? 0 : 2
    return
  }
  if (wish.keep !== null) await mkdir(wish.keep, { recursive: true })
  const folder = wish.keep ?? makeRoom(wish.people)
  const toEnd: Stage['toEnd'] = []
  const end = async (): Promise<void> => {
    for (const one of toEnd.reverse()) await one()
    if (wish.keep === null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end())
  let step = 0
  const say = (sentence: string): void => console.log(`\n${++step}. ${sentence}`)
  await play({ ...wish, folder, toEnd, say })
}

async function play(stage: Stage): Promise<void> {
  const { people: many, days, folder, say, keep } = stage
  const clock = { now: firstMidnight(days) }
  const threshold = Math.min(usualConfig.trends.contributors, Math.max(5, Math.floor(many / 4)))
  const { perNetwork } = usualConfig.trends
  const server = await startCommunity(() => clock.now, threshold, { perNetwork, within: folder })
  say(words.server(server.address, threshold))

  say(words.installing(many, addressOf(0), addressOf(many - 1)))
  const people = gather({ folder, people: many, guild: threshold, days, clock })
  say(words.switchingOn)
  await switchAllOn(people, server.address, 'detailed')
  say(words.passing(days))
  const held = heldBy(server)
  await share(people, { days, clock }, (midnight) => {
    const passed = (midnight - firstMidnight(days)) / day + 1
    if (passed % 7 === 0 || passed === days) console.log(words.day(nameOf(midnight), held.all()))
  })

  await server.nightly()
  say(words.renewed)
  const before = await newestWeek(server)
  showAgents(before)

  await openAs(people.at(-1), stage)
  const [leaving] = people
  if (leaving === undefined) return
  say(words.takingBack(leaving.number))
  const theirs = await held.of(leaving)
  const confirmed = await takeBack(leaving)
  console.log(`   ${words.takenBack(confirmed, theirs, await held.of(leaving))}`)
  disperse(people)

  clock.now += day
  await server.nightly()
  say(words.again)
  const after = await newestWeek(server)
  showAgents(after)
  console.log(`   ${words.over(rareAgent, tells(before), tells(after))}`)
  say(words.end(keep))
}

const nameOf = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10)

/** What lies in the server's own file. */
function heldBy({ folder }: CommunityServer) {
  const ask = (sql: string, ...values: string[]): number => {
    const db = new DatabaseSync(join(folder, 'sightglass-server.db'), { readOnly: true })
    const { n } = db.prepare(sql).get(...values) as { n: number } // a door: it counts
    db.close()
    return n
  }
  return {
    all: () => ask('SELECT count(*) AS n FROM events'),
    of: async ({ handlers }: Installation) => {
      const sent = await good(handlers['share.sent']({}))
      const batches = sent.flatMap((one) => one.sent.map(({ batch }) => `reports ${batch}`))
      return ask(
        'SELECT count(*) AS n FROM events WHERE seen IN (SELECT value FROM json_each(?))',
        JSON.stringify(batches),
      )
    },
  }
}

async function newestWeek({ address }: CommunityServer): Promise<Trends> {
  const read = readTrends(await (await fetch(`${address}/trends.json`)).text())
  if (!read.ok) throw new Error(`the trends are refused: ${read.error.fault}`)
  return { ...read.value, weeks: read.value.weeks.slice(0, 1) }
}

const agentsIn = ({ weeks }: Trends) => weeks[0]?.tables.filter(({ subject }) => subject === 'agent') ?? []
const tells = (trends: Trends): boolean =>
  agentsIn(trends).some(({ cells }) => cells.some(({ word }) => word === rareAgent))

function showAgents(trends: Trends): void {
  const weeks = trends.weeks.map((week) => ({ ...week, tables: agentsIn(trends) }))
  const drawn = { trends: { ...trends, weeks }, own: null, source: 'trends.json', now: Date.now() }
  const paint = painter(process.stdout.isTTY)
  console.log(
    drawTrends(
      { ...drawn, week: weeks[0]?.name ?? null },
      process.stdout.isTTY ? process.stdout.columns : 100,
      paint,
    ),
  )
}

async function openAs(person: Installation | undefined, { say, toEnd, open }: Stage): Promise<void> {
  if (person === undefined) return
  const host = await startWebHost({ home: person.folder })
  toEnd.push(() => host.close())
  const address = await host.address(person.file)
  say(words.opened(person.number, address))
  if (!open) return
  if (hasScreen(process.platform, process.env)) openBrowser(process.platform, address)
  console.log(`   ${words.enter}`)
  await once(process.stdin, 'data')
}

await begin()
