// What a chart says of one of its places: shown beside it, and spoken while it is walked along.
import type { Colour } from './chart/colours.ts'

export interface Told {
  readonly title: string
  readonly rows: readonly ToldRow[]
}
export interface ToldRow {
  readonly label: string
  readonly value: string
  readonly colour?: Colour
}

export const spoken = ({ title, rows }: Told): string =>
  `${title}: ${rows.map(({ label, value }) => `${value} ${label}`).join(', ')}`
