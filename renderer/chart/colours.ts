// Colours by their names in tokens.css, as the theme in force resolves them. Asking the style sheet takes longer than
// drawing, so each is asked for once for a theme.

/** A custom property of tokens.css. */
export type Colour = `--${string}`

export class Palette {
  readonly #canvas: HTMLCanvasElement
  readonly #known = new Map<Colour, string>()
  #stripes: CanvasPattern | null = null
  #font: string | null = null
  #theme: string | null = null

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
  }

  /** Whether this is another theme than before. */
  use(theme: string): boolean {
    if (theme === this.#theme) return false
    const first = this.#theme === null
    this.#theme = theme
    this.#known.clear()
    this.#stripes = null
    return !first
  }

  of(colour: Colour): string {
    const known = this.#known.get(colour)
    if (known !== undefined) return known
    const probe = document.createElement('span')
    probe.style.color = `var(${colour})`
    this.#canvas.before(probe)
    const found = getComputedStyle(probe).color
    probe.remove()
    this.#known.set(colour, found)
    return found
  }

  /** The paper's colour, for what is unfinished. */
  stripes(): CanvasPattern | null {
    return (this.#stripes ??= stripesOf(this.of('--paper')))
  }

  font(canvas: HTMLCanvasElement): string {
    return (this.#font ??= getComputedStyle(canvas).fontFamily)
  }
}

function stripesOf(colour: string): CanvasPattern | null {
  const tile = new OffscreenCanvas(6, 6)
  const pen = tile.getContext('2d')
  if (pen === null) return null
  pen.strokeStyle = colour
  pen.lineWidth = 1.8
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift - 1, 7)
    pen.lineTo(shift + 7, -1)
  }
  pen.stroke()
  return pen.createPattern(tile, 'repeat')
}
