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
  it('begins a word with gaps at the beginning of a word', () => {
    expect(find('ov', 'remove')).toEqual(['remove'])
    expect(find('oe', 'Overview', 'move')).toEqual(['Overview'])
  })
})
