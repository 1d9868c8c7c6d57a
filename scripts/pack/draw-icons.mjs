// Draws the program's icons from its own mark, renderer/icon.svg, and writes them into packaging/, where they are
// committed: a machine that makes packages needs no browser. Run it after the mark has changed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { provideChromium } from '../chromium.mjs'
import { Processes } from '../processes.mjs'
import { Explained, root } from '../set-up.mjs'

const mark = readFileSync(join(root, 'renderer/icon.svg'), 'utf8')
const folder = join(root, 'packaging')
const linuxSizes = [16, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 24, 32, 48, 64, 128, 256]
/** Apple's names of the sizes, in pixels; 1x and 2x of one size have names of their own. */
const appleTypes = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
])

/** On macOS an icon is a sheet with round corners, a tenth smaller than its square. @param {number} size */
const onSheet = (
  size,
) => `<div style="position:absolute;inset:${size * 0.098}px;border-radius:${size * 0.18}px;
  background:#fcfcfa;box-shadow:0 0 0 ${size / 256}px #d8dadc;display:grid;place-items:center">
  <div style="width:74%;height:74%">${mark}</div></div>`

/**
 * An .ico: a list of the pictures, then their PNGs. 0 means 256.
 * @param {readonly (readonly [size: number, png: Buffer])[]} pictures
 */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(([size, png], i) => {
    const at = 6 + 16 * i
    head.set([size % 256, size % 256], at)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(([, png]) => png)])
}

/**
 * An .icns: parts with a name and a length each.
 * @param {readonly (readonly [type: string, png: Buffer])[]} pictures
 */
function icns(pictures) {
  const parts = pictures.map(([type, png]) => part(type, png))
  return part('icns', Buffer.concat(parts))
}

/** @param {string} type @param {Buffer} content */
function part(type, content) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}

const processes = new Processes()
processes.obeySignals()
const found = await provideChromium(processes)
if ('why' in found) throw new Explained(found.why)
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] })
const page = await browser.newPage()

/** @param {number} size @param {string} body */
async function draw(size, body) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100%;height:100%}</style>${body}`)
  return page.screenshot({ omitBackground: true })
}
/** @param {number} size */
const bare = async (size) => /** @type {const} */ ([size, await draw(size, mark)])

mkdirSync(join(folder, 'icons'), { recursive: true })
for (const size of linuxSizes)
  writeFileSync(join(folder, 'icons', `${size}x${size}.png`), (await bare(size))[1])
const windows = []
for (const size of windowsSizes) windows.push(await bare(size))
writeFileSync(join(folder, 'icon.ico'), ico(windows))
const apple = []
for (const [type, size] of appleTypes)
  apple.push(/** @type {const} */ ([type, await draw(size, onSheet(size))]))
writeFileSync(join(folder, 'icon.icns'), icns(apple))
await browser.close()
