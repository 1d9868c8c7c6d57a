import { describe, expect, it } from 'vitest'
import { chooseValue, Order } from '../../renderer/choose.ts'
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
