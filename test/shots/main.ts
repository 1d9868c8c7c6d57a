// Takes every picture, looks for flaws in each, and lays all of them out on one sheet. `--only NAME` takes those
// whose name holds NAME; `--readme` writes the pictures of the README anew, `--walkthrough` docs/walkthrough.md, `--loop` its end.
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchChromium } from '../e2e/chromium.ts'
import { findFlaws } from '../e2e/looks.ts'
import { root } from '../e2e/options.ts'
import { openProgram } from '../e2e/program.ts'
import { scenes } from './scenes.ts'
import type { Scene, Stage } from './scenes.ts'
import { playLoop } from './loop.ts'
import { walk } from './walk.ts'

const { values: chosen } = parseArgs({
  options: {
    only: { type: 'string' },
    readme: { type: 'boolean', default: false },
    walkthrough: { type: 'boolean', default: false },
    loop: { type: 'boolean', default: false },
  },
})
if (chosen.walkthrough) {
  await walk()
  process.exit(0)
}
if (chosen.loop) {
  await playLoop()
  process.exit(0)
}
const out = join(root, '.cache/shots')
const widths = [700, 1000, 1280, 1680]
const themes = ['light', 'dark'] as const

interface Shot {
  readonly file: string
  readonly name: string
}

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const folder = await mkdtemp(join(tmpdir(), 'sightglass-shots-'))
const fixtures = process.env['SIGHTGLASS_FIXTURES']
if (fixtures !== undefined)
  for (const tool of ['smart-agents', 'earlyexit'])
    await cp(join(fixtures, tool), join(folder, 'fixtures', tool), { recursive: true })

const flaws: string[] = []
const shots: Shot[] = []
for (const scene of scenes(fixtures === undefined ? null : join(folder, 'fixtures')))
  if (scene.name.includes(chosen.only ?? '') && (!chosen.readme || scene.readme !== undefined))
    await take(scene)
await rm(folder, { recursive: true, force: true })
await makeSheet()
for (const flaw of flaws) console.log(flaw)
console.log(`${shots.length} pictures in ${out}, ${flaws.length} flaws`)
process.exitCode = flaws.length === 0 ? 0 : 1

async function take(scene: Scene): Promise<void> {
  const home = join(folder, scene.name.replaceAll(/\W+/g, '-'))
  await mkdir(home, { recursive: true })
  const program = await openProgram({ home, kind: 'web' })
  const stage: Stage = { page: program.page, folder: home }
  try {
    await stage.page.locator('main').waitFor()
    await scene.play(stage)
    await takeAll(scene, stage, '')
    if (scene.german && !chosen.readme) {
      await speakGerman(stage.page)
      await takeAll(scene, stage, ' German')
    }
    for (const complaint of program.complaints) flaws.push(`${scene.name}: on the console: ${complaint}`)
  } catch (error) {
    flaws.push(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await program.close()
  }
}

async function takeAll(scene: Scene, stage: Stage, language: string): Promise<void> {
  for (const colorScheme of themes)
    for (const width of chosen.readme ? [1000] : (scene.widths ?? widths)) {
      await stage.page.setViewportSize({ width, height: 800 })
      await stage.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await stage.page.waitForTimeout(120) // one resize of the chart
      const name = `${scene.name}${language} ${colorScheme} ${width}`
      const file = `${name.replaceAll(' ', '-')}.png`
      await stage.page.screenshot({ path: join(out, file) })
      shots.push({ file, name })
      for (const flaw of await findFlaws(stage.page)) flaws.push(`${name}: ${flaw}`)
      if (chosen.readme && scene.readme !== undefined)
        await copyFile(join(out, file), join(root, `docs/pictures/${scene.readme}-${colorScheme}.png`))
    }
}

/** From any screen, and without leaving it. */
async function speakGerman(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('language deutsch')
  await page.keyboard.press('Enter')
  await page.locator('html[lang=de]').waitFor()
}

async function makeSheet(): Promise<void> {
  const figures = shots.map(
    ({ file, name }) => `<figure><img src="${file}"><figcaption>${name}</figcaption></figure>`,
  )
  const style = `body{margin:24px;font:13px sans-serif;background:#888;display:flex;flex-wrap:wrap;gap:16px}
    figure{margin:0}img{display:block;height:320px}figcaption{padding:4px 0}`
  const sheet = join(out, 'contact-sheet.html')
  await writeFile(
    sheet,
    `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>${style}</style>${figures.join('')}`,
  )
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } })
  await page.goto(`file://${sheet}`)
  await page.screenshot({ path: join(out, 'contact-sheet.png'), fullPage: true })
  await browser.close()
}
