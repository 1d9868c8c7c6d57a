// Finds what a screen says that is not from the catalogue: every text, title, label and placeholder that a person can
// see or hear, without what stands in the brackets of the pseudo-language, without numbers and days, and without what
// is the file's own.
import type { Page } from 'playwright-core'

/** From the next load on, what is drawn is heard of as well. */
export async function watchCharts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { prototype } = CanvasRenderingContext2D
    const draw = Reflect.get(prototype, 'fillText')
    prototype.fillText = function (text, ...rest) {
      const drawn = this.canvas.dataset['drawn'] ?? ''
      if (!drawn.split('\n').includes(text)) this.canvas.dataset['drawn'] = `${drawn}\n${text}`
      Reflect.apply(draw, this, [text, ...rest])
    }
  })
}

export async function findStrangers(page: Page, data: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts: string[] = [document.title.replace('Sightglass', '')]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const owner = node.parentElement
      if (
        owner === null ||
        owner.closest('script, style, kbd, code, pre, bdi, .veiled, [lang]:not(html)') !== null
      )
        continue
      if (owner.closest('option') === null && !owner.checkVisibility({ visibilityProperty: true })) continue
      if (owner.closest('select:has(option[value="UTC"], option:nth-child(100))') !== null) continue // zones
      texts.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description', 'aria-valuetext'])
        if (element.checkVisibility()) texts.push(element.getAttribute(name) ?? '')
    for (const { dataset } of document.querySelectorAll('canvas')) {
      texts.push(...(dataset['drawn'] ?? '').split('\n'))
      delete dataset['drawn']
    }
    return texts
  })
  return [...new Set(said)].filter((text) => strange(text, data))
}

const intl = [
  ...[...Array(12).keys()].flatMap((month) =>
    (['long', 'short'] as const).map((style) =>
      new Intl.DateTimeFormat('de', { month: style, timeZone: 'UTC' }).format(Date.UTC(2024, month)),
    ),
  ),
  ...[...Array(12).keys()].map((month) =>
    new Intl.DateTimeFormat('de', { month: 'short', day: 'numeric', timeZone: 'UTC' })
      .format(Date.UTC(2024, month))
      .replace(/[\d. ]/g, ''),
  ),
  ...[...Array(7).keys()].flatMap((day) =>
    (['long', 'short'] as const).map((style) =>
      new Intl.DateTimeFormat('de', { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day)),
    ),
  ),
  ...['vor', 'Sekunden', 'Sekunde', 'Minuten', 'Minute', 'Stunden', 'Stunde', 'Tagen', 'Tag', 'gestern'],
  ...[
    'vorgestern',
    'und',
    'oder',
    'Uhr',
    'Byte',
    'kB',
    'MB',
    'GB',
    'ms',
    's',
    'min',
    'h',
    'd',
    'k',
    'M',
    'G',
    'UTC',
  ],
].sort((one, other) => other.length - one.length)

/** What stands in files as they are made for the specs. */
const values = /\b(event-\d+|true|false|null|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{64})\b/gu
/** Keys of a keyboard and marks are the same in every language. */
const marks = /Ctrl K|⌘K|[▲▼×·–…↑›←→○●↓≥≤±∅]/gu

function strange(text: string, data: readonly string[]): boolean {
  let rest = text.replaceAll(/\s+/gu, ' ')
  // The innermost brackets first: sentences are made of sentences.
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/gu, ' ')
  }
  for (const own of [...data].sort((one, other) => other.length - one.length))
    rest = rest.replaceAll(own, ' ')
  rest = rest.replaceAll(values, ' ').replaceAll(marks, ' ')
  for (const word of intl)
    rest = rest.replaceAll(new RegExp(`(?<![\\p{L}])${word.replaceAll('.', '\\.')}(?![\\p{L}])`, 'gu'), ' ')
  return /\p{L}/u.test(rest)
}
