import type { pictures as english } from './en-pictures.ts'
import type { Like } from './like.ts'

export const pictures: Like<typeof english> = {
  menu: (title) => `Speichern: ${title}`,
  as: { svg: 'Bild (SVG)', png: 'Bild (PNG)', csv: 'Tabelle (CSV)' },
  report: 'Als Bericht speichern',
  saved: 'Gespeichert.',
}
