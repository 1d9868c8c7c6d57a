// What a careful eye finds wrong in a screen without reading it: text that is cut off or lies on other text, a
// page that scrolls sideways, a colour that is neither the accent nor that of failure.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number]

/** All that axe finds wrong, on the page or within a part of it. */
export const findViolations = async (page: Page, part?: string): Promise<string[]> =>
  (await runAxe(page, part)).map(inWords)

/** What axe finds serious: somebody could not use the screen. */
export const findBarriers = async (page: Page): Promise<string[]> =>
  (await runAxe(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical').map(inWords)

/** Three quarters of its time would go into telling of every element that is sound, and into being loaded again. */
async function runAxe(page: Page, part?: string): Promise<readonly Violation[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: '0' }) }).setLegacyMode(true)
  if (part !== undefined) axe.include(part)
  return (await axe.options({ resultTypes: ['violations'] }).analyze()).violations
}

const inWords = ({ id, nodes }: Violation): string => `${id}: ${nodes.map(({ html }) => html).join(' ')}`

interface Look {
  readonly width: number
  readonly colorScheme?: 'light' | 'dark'
}

/** Shown like this, and drawn: its texts and measures have been the same over six pictures. */
export async function showAs(page: Page, { width, ...media }: Look): Promise<void> {
  await page.emulateMedia(media)
  await page.setViewportSize({ width, height: 800 })
  await page.evaluate(async () => {
    const measure = (): string => {
      const main = document.querySelector('main')
      const drawn = Array.from(document.querySelectorAll('canvas'), (canvas) => canvas.width)
      return [innerWidth, main?.scrollWidth, main?.scrollHeight, ...drawn, document.body.textContent].join()
    }
    let before = measure()
    for (let same = 0; same < 6;) {
      await new Promise(requestAnimationFrame)
      const now = measure()
      same = now === before ? same + 1 : 0
      before = now
    }
  })
}

export function findFlaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const flaws: string[] = []
    const dialog = document.querySelector('dialog[open]')
    const popup = document.querySelector('.popup:not([hidden]), [popover]:popover-open')

    const main = document.querySelector('main')
    const scrolling = [document.documentElement, main]
    for (const element of scrolling)
      if (element !== null && element.scrollWidth > element.clientWidth + 1)
        flaws.push(`${element.localName} scrolls sideways by ${element.scrollWidth - element.clientWidth} px`)
    const { scrollHeight, clientHeight } = document.documentElement
    if (main !== null && getComputedStyle(main).overflowY === 'auto' && scrollHeight > clientHeight + 1)
      flaws.push(`the window scrolls ${scrollHeight - clientHeight} px past its end, side bar and all`)

    interface Piece {
      readonly text: string
      readonly box: DOMRect
      readonly owner: Element
      readonly layer: Element | null
    }
    const layerOf = (owner: Element): Element | null => owner.closest('dialog, .popup, [popover], thead')
    const pieces: Piece[] = []
    /** Text that ends in an ellipsis, and is whole on hover, covers no more than can be seen of it. */
    const shortened = (owner: Element, box: DOMRect): DOMRect => {
      const explained =
        owner.closest('[title]') !== null && getComputedStyle(owner).textOverflow === 'ellipsis'
      const right = explained ? Math.min(box.right, owner.getBoundingClientRect().right) : box.right
      return new DOMRect(box.left, box.top, right - box.left, box.height)
    }
    /** Out of the frame that it is scrolled in, or with that frame out of the one around it. */
    const isScrolledAway = (owner: Element, box: DOMRect): boolean => {
      const scrollers = '.scroll, [role=listbox], main'
      for (
        let at = owner.closest(scrollers);
        at !== null;
        at = at.parentElement?.closest(scrollers) ?? null
      ) {
        const frame = at.getBoundingClientRect()
        if (box.bottom > frame.bottom || box.top < frame.top) return true
        /** A wide table may be scrolled in a frame of its own; the page may not. */
        const beside = at.matches('.scroll') && at.scrollWidth > at.clientWidth
        if (beside && (box.right > frame.right || box.left < frame.left)) return true
      }
      return false
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const owner = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (owner === null || text === '' || !owner.checkVisibility({ visibilityProperty: true })) continue
      if (owner.closest('.unseen, .skip, option, script, style') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const whole of range.getClientRects()) {
        const box = shortened(owner, whole)
        if (box.width > 0 && box.height > 0 && !isScrolledAway(owner, box))
          pieces.push({ text, box, owner, layer: layerOf(owner) })
      }
    }

    for (const { text, box, owner } of pieces) {
      const explained = owner.closest('[title]') !== null
      for (let at: Element | null = owner; at !== null && at.localName !== 'main'; at = at.parentElement) {
        const style = getComputedStyle(at)
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
        const scrolls = /auto|scroll/.test(style.overflowY)
        const frame = at.getBoundingClientRect()
        const cut = box.right > frame.right + 1 || (!scrolls && box.bottom > frame.bottom + 2)
        if (cut && !explained) flaws.push(`“${text.slice(0, 40)}” is cut off`)
        if (cut) break
      }
      if (box.right > innerWidth + 1) flaws.push(`“${text.slice(0, 40)}” lies outside the window`)
    }

    for (const [i, one] of pieces.entries())
      for (const other of pieces.slice(i + 1)) {
        if (one.owner === other.owner || one.layer !== other.layer) continue
        if ((dialog ?? popup) !== null && one.layer === null) continue
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (wide > 2 && high > 4)
          flaws.push(`“${one.text.slice(0, 30)}” and “${other.text.slice(0, 30)}” lie on each other`)
      }

    const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const hueOf = (red: number, green: number, blue: number): number | null => {
      const most = Math.max(red, green, blue)
      const spread = most - Math.min(red, green, blue)
      if (spread < 40) return null
      const sixth =
        most === red
          ? (green - blue) / spread
          : most === green
            ? 2 + (blue - red) / spread
            : 4 + (red - green) / spread
      return (sixth * 60 + 360) % 360
    }
    /** Once values are told apart by colours, by those of the style sheet only. */
    const series = new Set<number>()
    const known = (hue: number): boolean =>
      (hue > 180 && hue < 212) ||
      hue < 20 ||
      hue > 350 ||
      [...series].some((other) => Math.abs(hue - other) < 6)
    const strange = new Set<string>()
    const hues = new Map<string, number | null>()
    const hueIn = (colour: string): number | null => {
      const seen = hues.get(colour)
      if (seen !== undefined) return seen
      const hue = hueAsDrawn(colour)
      hues.set(colour, hue)
      return hue
    }
    const hueAsDrawn = (colour: string): number | null => {
      if (pen === null) return null
      pen.clearRect(0, 0, 1, 1)
      pen.fillStyle = colour
      pen.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data
      return alpha < 128 ? null : hueOf(red, green, blue)
    }
    if (/[?&](by|compare)=|^#\/community/.test(location.hash)) {
      const probe = document.body.appendChild(document.createElement('span'))
      for (let i = 1; i <= 8; i++) {
        probe.style.color = `var(--series-${i})`
        const hue = hueIn(getComputedStyle(probe).color)
        if (hue !== null) series.add(hue)
      }
      probe.remove()
    }
    const look = (colour: string, where: string): void => {
      const hue = hueIn(colour)
      if (hue !== null && !known(hue)) strange.add(`${where} shows ${colour}, neither the accent nor failure`)
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility()) continue
      const style = getComputedStyle(element)
      for (const colour of [style.color, style.backgroundColor, style.borderTopColor, style.borderLeftColor])
        look(colour, element.localName)
    }
    // Colours of values blend at their edges into any hue.
    for (const canvas of series.size > 0 ? [] : document.querySelectorAll('canvas')) {
      const context = canvas.getContext('2d')
      if (context === null || canvas.width === 0) continue
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      for (let i = 0; i < data.length; i += 4 * 7) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(i, i + 4)
        if (alpha > 200) look(`rgb(${red} ${green} ${blue})`, 'a chart')
        if (strange.size > 0) break
      }
    }
    return [...new Set(flaws), ...strange]
  })
}
