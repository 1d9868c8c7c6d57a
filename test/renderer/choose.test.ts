import { describe, expect, it } from 'vitest'
import { chooseBetween, chooseHours, chooseValue, Order } from '../../renderer/choose.ts'
import { nothingChosen } from '../../renderer/place.ts'

describe('one step back', () => {
  it('lets the newest condition go, wherever it stands among the others', () => {
    const order = new Order()
    const failed = { ...nothingChosen, failed: true }
    order.note(failed)
    const both = chooseValue(failed, 'agent', 'planner')
    order.note(both)
    expect(order.stepBack(both)).toEqual(failed)
    order.note(failed)
    expect(order.stepBack(failed)).toEqual(nothingChosen)
    order.note(nothingChosen)
    expect(order.stepBack(nothingChosen)).toBeNull()
  })
  it('takes a condition with another value for the same one', () => {
    const order = new Order()
    const planner = chooseValue(nothingChosen, 'agent', 'planner')
    order.note(planner)
    const failed = { ...planner, failed: true }
    order.note(failed)
    const debug = chooseValue(failed, 'agent', 'debugger')
    order.note(debug)
    expect(order.stepBack(debug)).toEqual({ ...debug, failed: null })
  })
})

const days = (from: number, to: number) => ({ from, to })

describe('a stretch', () => {
  const once = chooseBetween(nothingChosen, 'range', days(10, 20))
  it('is chosen, and let go by the same once more', () => {
    expect(once).toEqual({ ...nothingChosen, range: { from: 10, to: 20, not: false } })
    expect(chooseBetween(once, 'range', days(10, 20))).toEqual(nothingChosen)
    expect(chooseBetween(once, 'range', days(10, 30)).range).toEqual({ from: 10, to: 30, not: false })
  })

  it('reaches to where another is added, on either side', () => {
    expect(chooseBetween(once, 'range', days(40, 50), { add: true }).range).toMatchObject(days(10, 50))
    expect(chooseBetween(once, 'range', days(1, 2), { add: true }).range).toMatchObject(days(1, 20))
    expect(chooseBetween(nothingChosen, 'duration', days(1, 2), { add: true }).duration).toMatchObject(
      days(1, 2),
    )
  })

  it('is left out, which is another choice than to choose it', () => {
    const not = chooseBetween(once, 'range', days(10, 20), { not: true })
    expect(not.range).toEqual({ from: 10, to: 20, not: true })
    expect(chooseBetween(not, 'range', days(10, 20)).range).toEqual({ from: 10, to: 20, not: false })
  })
})

describe('hours of the week', () => {
  const morning = chooseHours(nothingChosen, [9, 10])
  it('are chosen, joined by others, and let go', () => {
    expect(morning.hours).toEqual({ of: [9, 10], not: false })
    const more = chooseHours(morning, [8], { add: true })
    expect(more.hours).toEqual({ of: [8, 9, 10], not: false })
    expect(chooseHours(more, [9], { add: true }).hours).toEqual({ of: [8, 10], not: false })
    expect(chooseHours(morning, [9, 10])).toEqual(nothingChosen)
    expect(chooseHours(morning, [9]).hours).toEqual({ of: [9], not: false })
    expect(chooseHours(chooseHours(nothingChosen, [3]), [3], { add: true })).toEqual(nothingChosen)
  })
  it('are left out, which is another choice', () =>
    expect(chooseHours(morning, [9, 10], { not: true }).hours).toEqual({ of: [9, 10], not: true }))
})
