import { describe, expect, it } from 'vitest'
import { allSenders } from '../../../host/sharing/destinations.ts'
import { reportFields, rowFields } from '../../../shared/sharing/fields.ts'
import { counts, durations, errorRates } from '../../../shared/sharing/ranges.ts'
import { sharing as german } from '../../../shared/words/de-sharing.ts'
import { sharing as english } from '../../../shared/words/en-sharing.ts'

const languages = { english, german }
const ranges = [...counts, ...errorRates, ...durations].map(({ word }) => word)

describe.each(Object.entries(languages))('in %s', (_, words) => {
  it('the sentence that consent begins with has at most 25 words', () => {
    const said = words.sentence.split(/\s+/)
    expect(said.length).toBeGreaterThan(10)
    expect(said.length).toBeLessThanOrEqual(25)
  })

  it('every field has a name and a reason of its own', () => {
    const names = [...reportFields, ...rowFields].map(({ name }) => name)
    for (const said of [words.fields.labels, words.fields.reasons]) {
      expect(Object.keys(said)).toEqual(names)
      expect(new Set(Object.values(said)).size).toBe(names.length)
    }
  })

  it('every destination and what it must be told is named in words', () => {
    const { name, need } = words.destinations
    const brands = ['earlyexit'] // written as it is
    for (const sender of allSenders) {
      if (!brands.includes(sender.name)) expect(name(sender.name)).not.toBe(sender.name)
      for (const { name: raw } of sender.needs) expect(need(raw)).not.toBe(raw)
    }
  })

  it('trouble is told in words, with what is known of it', () => {
    const { trouble } = words.destinations
    expect(trouble('time-out: after 10 s')).toMatch(/\(after 10 s\)$/)
    expect(trouble('time-out: after 10 s')).not.toContain('time-out')
    expect(trouble('status 503')).toContain('503')
    expect(trouble('quota is used up')).toBe('quota is used up')
  })
})

it('ranges are said as each language writes them', () => {
  expect(ranges.map(german.range).filter((word) => /under|more|none|\d\.\d/.test(word))).toEqual([])
  expect(german.range('0.5-1 s')).toBe('0,5–1 s')
  expect(english.range('10-19')).toBe('10–19')
  expect(ranges.map(english.range).filter((word) => /\d-\d/.test(word))).toEqual([])
})
