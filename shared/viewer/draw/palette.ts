// The colours of exported pictures: those of renderer/styles/tokens.css, which a test compares with these.
import type { Ink } from './drawing.ts'

export interface Palette {
  readonly colours: Readonly<Record<Exclude<Ink, `series-${number}`>, string>>
  /** Of the most frequent values of a dimension, the most frequent first. */
  readonly series: readonly string[]
}

export const light: Palette = {
  colours: {
    paper: '#fcfcfa',
    ink: '#181b1e',
    'ink-2': '#4b5258',
    'ink-3': '#656c73',
    rule: '#e1e1e0',
    accent: '#0b6782',
    bar: '#2a809b',
    failed: '#c03a2b',
    'series-rest': '#8a8f96',
    'heat-1': '#c8dbe1',
    'heat-2': '#98bdca',
    'heat-3': '#639db2',
    'heat-4': '#12586e',
  },
  series: ['#2a809b', '#1d2563', '#b38909', '#5b022d', '#975cd8', '#2c5e60', '#5e8462', '#461f07'],
}

export const dark: Palette = {
  colours: {
    paper: '#14171a',
    ink: '#e6e8ea',
    'ink-2': '#b3b9be',
    'ink-3': '#8f979d',
    rule: '#313437',
    accent: '#6cbfd9',
    bar: '#4fa5c0',
    failed: '#f08b7e',
    'series-rest': '#7d858c',
    'heat-1': '#243840',
    'heat-2': '#335967',
    'heat-3': '#427f94',
    'heat-4': '#7fd0ea',
  },
  series: ['#4fa5c0', '#c9dd72', '#8e54aa', '#e6b8c3', '#b9731f', '#7b92ed', '#6ff0f5', '#8c5925'],
}

export function colourOf({ colours, series }: Palette, ink: Ink): string {
  return isSeries(ink)
    ? (series[Number(ink.slice('series-'.length)) - 1] ?? colours['series-rest'])
    : colours[ink]
}

const isSeries = (ink: Ink): ink is `series-${number}` => /^series-\d/.test(ink)
