import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWindowState, placeWindow, smallest } from '../../electron/window-state.ts'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const left = { x: -1600, y: 0, width: 1600, height: 900 }
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
  fullScreen: false,
})

describe('where the window opens', () => {
  it('is where it was', () => {
    expect(placeWindow(at(100, 60), [screen])).toEqual({ x: 100, y: 60, width: 1000, height: 700 })
  })

  it('is where it was on a second display, while that is there', () => {
    const there = at(-1500, 100)
    expect(placeWindow(there, [screen, left])).toEqual(there.bounds)
    expect(placeWindow(there, [screen])).toEqual({ width: 1000, height: 700 })
  })

  it('is for the system to choose the first time', () => {
    expect(placeWindow(parseWindowState(undefined), [screen])).toEqual({ width: 1280, height: 800 })
  })

  it('is never out of reach: below, beside or above every display', () => {
    for (const gone of [at(100, 1070), at(1900, 100), at(-950, 100), at(100, -400)])
      expect(placeWindow(gone, [screen])).not.toHaveProperty('x')
  })

  it('is no larger than the display, and never too small to use', () => {
    expect(placeWindow(at(0, 25, 5000, 5000), [screen])).toMatchObject({ width: 1920, height: 1055 })
    expect(placeWindow(at(0, 25, 10, 10), [screen])).not.toHaveProperty('x')
    expect(placeWindow(at(0, 25, 200, 100), [screen])).toMatchObject(smallest)
  })

  it('is found whatever the file says', () => {
    const areas = fc.array(
      fc.record({ x: fc.integer(), y: fc.integer(), width: fc.nat(9000), height: fc.nat(9000) }),
    )
    fc.assert(
      fc.property(fc.anything(), areas, (stored, displays) => {
        const { width, height } = placeWindow(parseWindowState(stored), displays)
        expect(width).toBeGreaterThanOrEqual(smallest.width)
        expect(height).toBeGreaterThanOrEqual(smallest.height)
      }),
    )
    for (const broken of [null, [], { bounds: { x: 'a' } }, { ...at(1, 1), maximized: 'yes' }, at(NaN, 0)])
      expect(parseWindowState(broken)).toEqual({ bounds: null, maximized: false, fullScreen: false })
  })
})
