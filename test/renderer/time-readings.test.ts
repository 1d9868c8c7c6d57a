import { describe, expect, it } from 'vitest'
import { readTimes } from '../../renderer/time-readings.ts'
import { timeEncodings } from '../../shared/formats/time.ts'

const first = Date.UTC(2026, 10, 1)
const last = Date.UTC(2026, 10, 20)
const fitting = (ends: readonly (string | number)[]) =>
  readTimes(ends).flatMap(({ encoding, fits }) => (fits ? [encoding] : []))

describe('what the ways of writing a moment make of a column', () => {
  it('shows the first and last moment of each that gives one', () => {
    const readings = readTimes([first / 1000, last / 1000])
    expect(readings.map(({ encoding }) => encoding)).toEqual(timeEncodings)
    const seconds = readings.find(({ encoding }) => encoding === 'seconds')
    expect(seconds).toEqual({ encoding: 'seconds', span: { first, last }, fits: true })
    expect(readings.find(({ encoding }) => encoding === 'iso')?.span).toBe(null)
  })

  it('tells what could be times of telemetry from what could not', () => {
    expect(fitting([first / 1000, last / 1000])).toEqual(['seconds', 'mixed', 'cocoa', 'gps'])
    expect(fitting(['2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'])).toEqual(['iso', 'mixed'])
    expect(fitting([])).toEqual([])
  })
})
