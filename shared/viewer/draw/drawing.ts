// A picture of a chart as a list of marks: rectangles, lines, words. An SVG is written from it, a PNG painted from
// it, and a test compares it with what Chart.js draws. Words are measured by a table of widths that rather gives
// too much: nobody knows which face the picture will be shown in, and a label may never run into its neighbour.

import type { Between } from '../filter.ts'

export type Ink =
  | 'paper'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'rule'
  | 'accent'
  | 'bar'
  | 'failed'
  | `series-${number}`
  | 'series-rest'
  | Heat
/** How much, in four steps. */
export type Heat = 'heat-1' | 'heat-2' | 'heat-3' | 'heat-4'

export type Mark = Box | Path | Words

export interface Box {
  readonly shape: 'box'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly ink: Ink
  /** From 0 to 1, where not solid. */
  readonly strength?: number
  /** Drawn as unfinished. */
  readonly hatched?: boolean
}

export interface Path {
  readonly shape: 'path'
  readonly points: readonly Point[]
  readonly ink: Ink
  readonly width: number
  readonly dashed?: boolean
}
export type Point = readonly [x: number, y: number]

export interface Words {
  readonly shape: 'words'
  /** Where the base line begins, has its middle, or ends. */
  readonly x: number
  readonly y: number
  readonly at: 'start' | 'middle' | 'end'
  readonly text: string
  readonly ink: Ink
  readonly size: number
  readonly bold?: boolean
}

export interface Drawing {
  readonly width: number
  readonly height: number
  /** What it shows, and what is to be seen in it, for whoever doesn't see it. */
  readonly title: string
  readonly says: string
  readonly marks: readonly Mark[]
}

const labelSize = 12

/** What a chart shows beside what is chosen in it. */
const notChosen = 0.35
export const strengthOf = (chosen: boolean): { readonly strength?: number } =>
  chosen ? {} : { strength: notChosen }

/** Whether a value lies in the stretch that is chosen, where one is. */
export const isWithin = (value: number, between: Between | null | undefined): boolean =>
  between === null || between === undefined || (value >= between.from && value < between.to) !== between.not

export const label = (
  text: string,
  x: number,
  y: number,
  at: Words['at'] = 'start',
  ink: Ink = 'ink-3',
): Words => ({ shape: 'words', text, x, y, at, ink, size: labelSize })

export const rule = (x1: number, y1: number, x2: number, y2: number): Path => ({
  shape: 'path',
  points: [
    [x1, y1],
    [x2, y2],
  ],
  ink: 'rule',
  width: 1,
})

/** Controls, and format characters but the two joiners: an SVG may not hold the first, nor obey the second. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff\u{e0000}-\u{e0fff}]/gu

/** A name from a file as one line that can neither break a document nor turn the direction of what follows. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[ \t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(unsafe, '')
    .trim()
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const widths: readonly (readonly [RegExp, number])[] = [
  [/^[\p{M}\p{Cf}]/u, 0],
  [/^[ijl.,:;'|!]/, 0.34],
  [/^[ frt()[\]\-/\\"`*]/, 0.44],
  [/^[mwMW@%…—]/, 0.98],
  [/^[A-Z&+=<>#_~^]/, 0.76],
  [/^[a-z0-9$?{}\u00a0–·]/, 0.64],
  [/^[\u00c0-\u024f]/, 0.76],
  [/^[\u0370-\u06ff]/, 0.84],
]
const widest = 1.1

/** In pixels, rather too many than too few. */
export function widthOf(text: string, size = labelSize): number {
  let ems = 0
  for (const { segment } of graphemes.segment(text)) ems += emsOf(segment)
  return ems * size
}

const emsOf = (grapheme: string): number => widths.find(([like]) => like.test(grapheme))?.[1] ?? widest

/** Cut where there is no more room, with a sign that there was more. */
export function fitted(text: string, room: number, size = labelSize): string {
  if (widthOf(text, size) <= room) return text
  const most = room / size - emsOf('…')
  let kept = ''
  let ems = 0
  for (const { segment } of graphemes.segment(text)) {
    ems += emsOf(segment)
    if (ems > most) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}
