// Oneself among the many: no narrower than ranges allow, and never wrong about it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf } from '../../../shared/community/band.ts'
import { ownTables } from '../../../shared/community/own.ts'
import type { TrendsCell } from '../../../shared/community/trends.ts'
import { closedWord, subjects } from '../../../shared/sharing/fields.ts'
import { durations } from '../../../shared/sharing/ranges.ts'
import type { DayFigures, Figure } from '../../../shared/sharing/report.ts'

const words = durations.map(({ word }) => word)
const cell = (more: Partial<TrendsCell>): TrendsCell => ({
  word: 'planner',
  contributors: 80,
  share: 50,
  ...more,
})

describe('the band in which one’s own value lies', () => {
  it('is a half where only the middle is told, and everything where that is one’s own range', () => {
    const told = cell({ median: '1-2 s' })
    expect(bandOf(told, 'median', '0.5-1 s')).toEqual({ from: 0, to: 50 })
    expect(bandOf(told, 'median', '2-5 s')).toEqual({ from: 50, to: 100 })
    expect(bandOf(told, 'median', '1-2 s')).toEqual({ from: 0, to: 100 })
    expect(bandOf(told, 'p95', '1-2 s')).toBe(null)
  })

  it('is a quarter, or the middle half, where quarters are told', () => {
    const told = cell({ median: '1-2 s', median_quarters: ['0.5-1 s', '5-10 s'] })
    expect(bandOf(told, 'median', '200-500 ms')).toEqual({ from: 0, to: 25 })
    expect(bandOf(told, 'median', '1-2 s')).toEqual({ from: 25, to: 75 })
    expect(bandOf(told, 'median', '2-5 s')).toEqual({ from: 50, to: 75 })
    expect(bandOf(told, 'median', '10-20 s')).toEqual({ from: 75, to: 100 })
  })

  it('holds the true share of votes below and above, for any votes', () => {
    const places = fc.integer({ min: 0, max: words.length - 1 })
    fc.assert(
      fc.property(fc.array(places, { minLength: 1, maxLength: 60 }), places, (votes, own) => {
        const sorted = votes.toSorted((a, b) => a - b)
        // The word that a part of the sorted votes lies at or below, found by counting them out.
        const at = (part: number): string => words[sorted[Math.ceil(part * sorted.length) - 1] ?? 0] ?? ''
        const told = cell({ median: at(0.5), median_quarters: [at(0.25), at(0.75)] })
        const band = bandOf(told, 'median', words[own] ?? '')
        const below = (100 * votes.filter((vote) => vote < own).length) / votes.length
        const upTo = (100 * votes.filter((vote) => vote <= own).length) / votes.length
        return band !== null && band.from <= below + 1e-9 && band.to >= upTo - 1e-9
      }),
    )
  })
})

describe('one’s own values', () => {
  const figure = (agent: string, count: number, median: number): Figure => {
    const subject = subjects.find(({ name }) => name === 'agent')
    if (subject === undefined) throw new Error('agents are shared')
    const word = closedWord({ words: ['planner', 'debugger'], source: '' }, agent)
    return { subject, word, count, failed: 0, withOutcome: count, median, p95: null }
  }
  const day = (date: string, ...figures: Figure[]): DayFigures => ({
    format: 'smart-agents',
    day: date,
    toolVersion: '2.1',
    figures,
  })

  it('count each day as one vote, divided by how much each word was used, as the server does', () => {
    const tables = ownTables(
      [
        day('2026-11-09', figure('planner', 30, 300), figure('debugger', 25, 300)),
        day('2026-11-10', figure('planner', 4000, 1500)),
      ],
      { version: '0.1.0', platform: 'darwin' },
    )
    const agents = tables.find(({ subject }) => subject === 'agent')
    // Half a vote on the first day (both are 20-49), a whole one on the second.
    expect(agents).toMatchObject({
      days: 2,
      cells: [
        { word: 'planner', share: 75, error_rate: 'none', median: '1-2 s' },
        { word: 'debugger', share: 25, median: '200-500 ms' },
      ],
    })
    expect(tables.find(({ subject }) => subject === 'os')?.cells).toEqual([{ word: 'macos', share: 100 }])
    expect(tables.find(({ subject }) => subject === 'tool_version')?.cells).toMatchObject([{ word: '2.1' }])
  })
})
