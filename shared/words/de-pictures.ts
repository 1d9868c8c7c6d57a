import type { pictures as english } from './en-pictures.ts'
import type { Like } from './like.ts'

export const pictures: Like<typeof english> = {
  menu: (title) => `Sichern: ${title}`,
  as: { svg: 'Bild (SVG)', png: 'Bild (PNG)', csv: 'Tabelle (CSV)' },
  report: 'Als Bericht sichern',
  saved: 'Gesichert.',
}
