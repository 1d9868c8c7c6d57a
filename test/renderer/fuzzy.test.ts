import { describe, expect, it } from 'vitest'
import { rank } from '../../renderer/fuzzy.ts'

const find = (typed: string, ...items: string[]): string[] => rank(typed, items, (item) => item)

describe('what is meant by a few letters', () => {
  it('is first what begins like them, then what has them within, then what has them with gaps', () => {
    expect(find('set', 'reset all', 'Settings', 'show every table')).toEqual([
      'Settings',
      'reset all',
      'show every table',
    ])
  })
  it('must have every word that is typed, in whatever order', () => {
    expect(find('planner agent', 'agent is planner', 'agent is debugger', 'planner')).toEqual([
      'agent is planner',
    ])
  })
  it('makes no difference between upper and lower case, or with and without accents', () => {
    expect(find('uber', 'Übersicht')).toEqual(['Übersicht'])
    expect(find('ÜBER', 'Ubersicht')).toEqual(['Ubersicht'])
  })
  it('leaves things that fit as well in their own order, and finds all for nothing', () => {
    expect(find('the', 'the one', 'the two')).toEqual(['the one', 'the two'])
    expect(find('  ', 'b', 'a')).toEqual(['b', 'a'])
  })
  it('overlooks a slip of the hand in a longer word, where nothing fits as it is typed', () => {
    const items = ['Theme: Dark', 'Theme: Light', 'Go to Settings', 'Daily report']
    expect(find('drak', ...items)).toEqual(['Theme: Dark'])
    expect(find('setings', ...items)).toEqual(['Go to Settings'])
    expect(find('theem lihgt', ...items)).toEqual(['Theme: Light'])
    expect(find('reporrt', ...items)).toEqual(['Daily report'])
    expect(find('drk', ...items), 'letters with gaps fit as they are').toEqual(['Theme: Dark'])
    expect(find('xyz', ...items)).toEqual([])
    expect(find('planner', ...items)).toEqual([])
  })
  it('begins a word with gaps at the beginning of a word', () => {
    expect(find('ov', 'remove')).toEqual(['remove'])
    expect(find('oe', 'Overview', 'move')).toEqual(['Overview'])
  })
})
