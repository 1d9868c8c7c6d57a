// Ten questions about a sample file, answered in the window as a newcomer would, each answer compared with SQL. What
// it took is written into docs/walkthrough.md, with a picture of each answer.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Locator, Page } from 'playwright-core'
import { root } from '../e2e/options.ts'
import { openProgram } from '../e2e/program.ts'
import { loopHeading } from './loop.ts'

const lastDay = '2026-11-20'
const events = 100_000

interface Walk {
  readonly page: Page
  /** A click, which is counted. */
  click(target: Locator): Promise<void>
  list(title: string): Locator
  figure(label: string): Promise<string>
}

interface Question {
  readonly asks: string
  /** What was done, in words. */
  readonly by: string
  /** Does it, and reads the answer off the screen. */
  readonly answer: (walk: Walk) => Promise<string>
  /** The same from the file by SQL; what the screen says must hold it. */
  readonly sql: string
  /** What of the window is in the picture. */
  readonly shows?: (page: Page) => Locator
}

const value = (key: string): string => `json_extract(event_data, '$.${key}')`
const agent = `coalesce(${value('agent_type')}, ${value('used_with_agent')})`
const tool = `coalesce(${value('tool_name')}, ${value('tool')})`
const failed = `(event_type = 'error' OR ${value('success')} = 0)`
const rate = `avg(CASE WHEN ${failed} THEN 1.0 WHEN ${value('success')} = 1 THEN 0.0 END)`
const since = (days: number): string =>
  `timestamp >= '${new Date(Date.parse(lastDay) - (days - 1) * 86_400_000).toISOString()}'`

const daysOf = (page: Page): Locator => listOf(page, 'Days of the year')
const listOf = (page: Page, title: string): Locator =>
  page.locator('main section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

const questions: readonly Question[] = [
  {
    asks: 'How much have I used my agents, and on how many days?',
    by: 'Nothing: it is the first line of the Overview.',
    answer: async ({ figure }) => `${await figure('events')} events on ${await figure('active days')} days`,
    sql: "SELECT format('%,d', count(*)) FROM telemetry_events",
  },
  {
    asks: 'Which agent fails most?',
    by: 'Sort the list of agents by errors.',
    answer: async ({ click, list }) => {
      await click(list('Agent').getByRole('button', { name: 'Errors' }))
      return firstOf(list('Agent'))
    },
    sql: `SELECT ${agent} FROM telemetry_events WHERE ${agent} IS NOT NULL GROUP BY 1 ORDER BY ${rate} DESC LIMIT 1`,
    shows: (page) => listOf(page, 'Agent'),
  },
  {
    asks: 'What goes wrong most often?',
    by: 'Look at the list of error types.',
    answer: ({ list }) => firstOf(list('Error type')),
    sql: `SELECT ${value('error_type')} FROM telemetry_events WHERE 1 AND ${value('error_type')} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    shows: (page) => listOf(page, 'Error type'),
  },
  {
    asks: 'Which tool is the slowest?',
    by: 'Sort the list of tools by median duration.',
    answer: async ({ click, list }) => {
      await click(list('Tool').getByRole('button', { name: 'Median' }))
      return firstOf(list('Tool'))
    },
    sql: `SELECT tool FROM (SELECT ${tool} AS tool, ${value('duration_ms')} AS ms,
      row_number() OVER (PARTITION BY ${tool} ORDER BY ${value('duration_ms')}) AS place,
      count(*) OVER (PARTITION BY ${tool}) AS n FROM telemetry_events
      WHERE ${tool} IS NOT NULL AND ${value('duration_ms')} IS NOT NULL) WHERE place = (n + 1) / 2 ORDER BY ms DESC LIMIT 1`,
    shows: (page) => listOf(page, 'Tool'),
  },
  {
    asks: 'What did the last 30 days cost?',
    by: 'Choose 30 d; the sums stand below the figures, with their change.',
    answer: async ({ page, click }) => {
      await click(page.getByRole('link', { name: '30 d', exact: true }))
      return (
        await page.getByRole('list', { name: 'Sums' }).getByRole('listitem').first().innerText()
      ).replaceAll('\n', ' ')
    },
    sql: `SELECT format('%,.2f', sum(${value('cost')})) FROM telemetry_events WHERE ${since(30)}`,
  },
  {
    asks: 'How fast is the planner lately?',
    by: 'Choose 30 d, then click planner in the list of agents.',
    answer: async ({ page, click, list, figure }) => {
      await click(page.getByRole('link', { name: '30 d', exact: true }))
      await click(list('Agent').getByRole('button', { name: /^planner/ }))
      return `${await figure('events')} events, ${await figure('median')} in the median`
    },
    sql: `SELECT format('%,d', count(*)) FROM telemetry_events WHERE ${since(30)} AND ${agent} = 'planner'`,
  },
  {
    asks: 'Which day had the most failures?',
    by: 'Choose failed only, and point at the darkest day of the calendar.',
    answer: async ({ page, click }) => {
      await click(page.getByRole('button', { name: 'Failed only' }))
      const field = daysOf(page).locator('.field')
      const paths = await field
        .locator('svg path[style]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('d') ?? ''))
      const [, column = '', row = ''] =
        /^M([\d.]+)[ ,]([\d.]+)/.exec(paths.findLast((one) => one !== '') ?? '') ?? []
      const [, , columns = 1, rows = 1] = ((await field.locator('svg').getAttribute('viewBox')) ?? '')
        .split(' ')
        .map(Number)
      await field.scrollIntoViewIfNeeded()
      const box = (await field.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      await page.mouse.move(
        box.x + ((Number(column) + 0.5) / columns) * box.width,
        box.y + ((Number(row) + 0.5) / rows) * box.height,
      )
      return (await field.innerText()).replaceAll('\n', ', ')
    },
    sql: `SELECT max(n) FROM (SELECT count(*) AS n FROM telemetry_events WHERE ${failed} GROUP BY substr(timestamp, 1, 10))`,
    shows: daysOf,
  },
  {
    asks: 'What exactly was the last failure?',
    by: 'Choose failed only, go to the Records, click the first.',
    answer: async ({ page, click }) => {
      await click(page.getByRole('button', { name: 'Failed only' }))
      await click(page.getByRole('link', { name: 'Records' }))
      await click(page.locator('[role=row][aria-rowindex="2"]'))
      return (await page.locator('main').innerText()).match(/[\da-f]{8}-[\da-f-]{27}/)?.[0] ?? ''
    },
    sql: `SELECT id FROM telemetry_events WHERE ${failed} ORDER BY timestamp DESC, rowid DESC LIMIT 1`,
  },
  {
    asks: 'How many of the records speak of a timeout?',
    by: 'Go to the Records and type the word.',
    answer: async ({ page, click }) => {
      await click(page.getByRole('link', { name: 'Records' }))
      await page.keyboard.press('/')
      await page.keyboard.type('timeout')
      await page.waitForTimeout(2500)
      return page
        .getByText(/^[\d,]+ records$/)
        .first()
        .innerText()
    },
    sql: `SELECT format('%,d', count(*)) FROM telemetry_events WHERE event_data LIKE '%timeout%'`,
  },
  {
    asks: 'When did it get slower, and why?',
    by: 'Read what changed, below the timeline; open the rest of it, and click the sentence.',
    answer: async ({ page, click, figure }) => {
      const slower = listOf(page, 'What changed').getByRole('link', {
        name: /median duration.*rose/,
      })
      await click(listOf(page, 'What changed').getByRole('button', { name: /more changes/ }))
      const says = await slower.first().innerText()
      await click(slower.first())
      return `${says} (${await figure('events')} events since)`
    },
    sql: `SELECT 'code-reviewer'`,
  },
]

/** The first value of a list, with its figures. */
async function firstOf(list: Locator): Promise<string> {
  const row = list.getByRole('listitem').first()
  return (await row.innerText()).replaceAll('\n', ' ')
}

export async function walk(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-walk-'))
  const path = join(folder, 'telemetry.db')
  const sample = ['sample', path, '--events', String(events), '--seed', '7', '--until', lastDay]
  execFileSync(process.execPath, [join(root, 'host/cli/main.ts'), ...sample], { stdio: 'ignore' })
  const pictures = join(root, 'docs/pictures')
  await mkdir(pictures, { recursive: true })
  const db = new DatabaseSync(path, { readOnly: true })
  const program = await openProgram({ home: join(folder, 'home'), kind: 'web' })
  const { page } = program
  await page.setViewportSize({ width: 1280, height: 800 })
  const told: string[] = []
  for (const [i, question] of questions.entries()) {
    await page.evaluate((file) => (location.hash = `#/overview?file=${encodeURIComponent(file)}`), path)
    await page.locator('main dl div').first().waitFor()
    await page.waitForTimeout(2500)
    let clicks = 0
    const said = await question.answer({
      page,
      click: async (target) => {
        clicks++
        await target.click()
        await page.waitForTimeout(1200)
      },
      list: (title) => listOf(page, title),
      figure: async (label) => {
        const one = page.locator('main dl div').filter({ hasText: label }).first()
        return one.locator('dd').innerText()
      },
    })
    const counted = String(Object.values(db.prepare(question.sql).get() ?? {})[0])
    if (!said.includes(counted))
      throw new Error(`${question.asks} The screen says "${said}", SQL says ${counted}`)
    const name = `walk-${String(i + 1).padStart(2, '0')}.png`
    const target = question.shows?.(page).first()
    await target?.scrollIntoViewIfNeeded()
    await (target ?? page).screenshot({ path: join(pictures, name) })
    told.push(
      `## ${i + 1}. ${question.asks}\n\n${question.by} Clicks: ${clicks}.\n\n**${said.replaceAll(/\s+/g, ' ').replaceAll(/( ,)+/g, ',').trim()}**\n\n![${question.asks}](pictures/${name})\n`,
    )
  }
  db.close()
  await program.close()
  await rm(folder, { recursive: true, force: true })
  const written = join(root, 'docs/walkthrough.md')
  const [, loop = ''] = (await readFile(written, 'utf8')).split(loopHeading)
  await writeFile(
    written,
    `# Ten questions

Written by \`npm run shots -- --walkthrough\`, which asks them of a sample file of ${events.toLocaleString('en')} events in
the real window, and compares each answer with what SQL says of the same file.

${told.join('\n')}${loop === '' ? '' : `\n${loopHeading}${loop}`}`,
  )
}
