// Each condition of a filter has a slot, and with it a bit: a row, or a shape, has the bits of the conditions it fails.

export const slots = {
  period: 0,
  range: 1,
  failed: 2,
  duration: 3,
  hours: 4,
  unknown: 5,
  search: 6,
  earlier: 7,
} as const
/** A condition that a chart can ask to leave out; else it is a dimension's name. */
export type Slot = Exclude<keyof typeof slots, 'earlier'>

export const bitOf = (slot: number): number => 1 << slot
export const timeBits = bitOf(slots.period) | bitOf(slots.range) | bitOf(slots.earlier)
export const durationBit = bitOf(slots.duration)
/** All of the filter's. That a row lies in an earlier period, to compare with, is asked for by its own name only. */
export const everyCondition = ~bitOf(slots.earlier)

const firstDimension = 8
const lastSlot = 31
/** There are 32 bits: dimensions beyond the last share its bit, and ignore each other's conditions. */
export const slotOfDimension = (index: number): number => Math.min(firstDimension + index, lastSlot)
