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
    other: '#9aa1a7',
  },
  series: ['#2a809b', '#b5651d', '#5b5ea6', '#3f7d3a', '#a8457c', '#8a7a12', '#4b5258', '#0f8a78'],
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
    other: '#70777d',
  },
  series: ['#4fa5c0', '#dd9450', '#9b9de0', '#7dbb76', '#d986b4', '#c7b545', '#b3b9be', '#4cc0ad'],
}

export function colourOf({ colours, series }: Palette, ink: Ink): string {
  return isSeries(ink) ? (series[Number(ink.slice('series-'.length)) - 1] ?? colours.other) : colours[ink]
}

const isSeries = (ink: Ink): ink is `series-${number}` => ink.startsWith('series-')
