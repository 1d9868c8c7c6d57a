import { describe, expect, it } from 'vitest'
import {
  barsBetween,
  daysBefore,
  heatOf,
  hourAt,
  hoursBetween,
  pathOf,
  stepInGrid,
} from '../../renderer/grid.ts'

describe('the map of the week', () => {
  const [monday, sunday] = [1, 7]
  it('begins with the chosen first day; hours are counted from Monday', () => {
    expect(hourAt(0, monday)).toBe(0)
    expect(hourAt(0, sunday)).toBe(6 * 24)
    expect(hourAt(24 + 10, sunday)).toBe(10)
    expect(hourAt(6 * 24 + 23, 6)).toBe(4 * 24 + 23) // a week from Saturday ends on Friday
  })

  it('chooses the patch between two corners, whichever they are', () => {
    const patch = [9, 10, 24 + 9, 24 + 10]
    expect(hoursBetween(9, 24 + 10, monday)).toEqual(patch)
    expect(hoursBetween(10, 24 + 9, monday)).toEqual(patch)
    expect(hoursBetween(24 + 9, 10, monday)).toEqual(patch)
  })

  it('is walked along by arrow keys and not out of it', () => {
    const week = { first: 0, last: 167, below: 24, beside: 1 }
    expect(stepInGrid('ArrowDown', 3, week)).toBe(27)
    expect(stepInGrid('ArrowUp', 3, week)).toBe(3)
    expect(stepInGrid('ArrowRight', null, week)).toBe(0)
    expect(stepInGrid('End', 3, week)).toBe(167)
    expect(stepInGrid('x', 3, week)).toBeUndefined()
  })
})

describe('cells', () => {
  it('are the darker the more they hold, and those with something are never like those with nothing', () => {
    expect([0, 1, 25, 26, 100].map((count) => heatOf(count, 100))).toEqual([0, 1, 2, 3, 4])
    expect(heatOf(1, 1)).toBe(4)
    expect(heatOf(1, 1e9)).toBe(1)
  })
  it('of one step are one path', () => {
    const grid = { columns: 2, rows: 2, count: 4, place: (i: number) => ({ column: i % 2, row: i >> 1 }) }
    expect(pathOf(grid, (i) => i === 3)).toBe('M1.06 1.06h.88v.88h-.88z')
    expect(pathOf(grid, () => false)).toBe('')
  })
  it('of a year stand under their weekday', () => {
    const thursday = 0
    expect(daysBefore(thursday, 1)).toBe(3)
    expect(daysBefore(thursday, 7)).toBe(4)
    expect(daysBefore(-3, 1)).toBe(0)
  })
})

describe('the scale of durations', () => {
  const edges = [1, 10, 100, 1000]
  it('shows which bars a stretch holds', () => {
    expect(barsBetween(edges, { from: 10, to: 1000, not: false })).toEqual({ from: 1, to: 3, not: false })
    expect(barsBetween(edges, { from: 0, to: 10, not: true })).toEqual({ from: 0, to: 1, not: true })
    expect(barsBetween(edges, { from: 1000, to: 2000, not: false })).toBeNull()
  })
})
