// Where the window was, remembered from one start to the next. What was stored is used only where it can still be
// seen: a display may have been unplugged since, and a window nobody can reach is worse than one that moved.
import type { Rectangle } from 'electron'
import { boolean, integer, maxValue, minValue, nullable, number, object, pipe, safeParse } from 'valibot'
import type { InferOutput } from 'valibot'

const whole = pipe(number(), integer(), minValue(-100_000), maxValue(100_000))
const Stored = object({
  bounds: nullable(object({ x: whole, y: whole, width: whole, height: whole })),
  maximized: boolean(),
  fullScreen: boolean(),
})
export type WindowState = InferOutput<typeof Stored>

export const smallest = { width: 480, height: 400 } as const
const usual = { width: 1280, height: 800 } as const
/** So much of the title bar has to be within reach. */
const grip = { width: 120, height: 40 } as const

export function parseWindowState(stored: unknown): WindowState {
  const parsed = safeParse(Stored, stored)
  return parsed.success ? parsed.output : { bounds: null, maximized: false, fullScreen: false }
}

/** The bounds to open with; without x and y the system places the window. */
export function placeWindow(
  { bounds }: WindowState,
  workAreas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const home = workAreas.find((area) => bounds !== null && isWithinReach(bounds, area))
  const room = home ?? workAreas[0] ?? { x: 0, y: 0, ...usual }
  const { width, height } = bounds ?? usual
  const size = {
    width: Math.max(smallest.width, Math.min(width, room.width)),
    height: Math.max(smallest.height, Math.min(height, room.height)),
  }
  return bounds === null || home === undefined ? size : { x: bounds.x, y: bounds.y, ...size }
}

function isWithinReach(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const onTop = bounds.y >= area.y - 1 && bounds.y + grip.height <= area.y + area.height
  return across >= grip.width && onTop
}
