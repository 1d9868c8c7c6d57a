// What the small menu beside a chart says, and what becomes of it.
export const pictures = {
  menu: (title: string) => `Save: ${title}`,
  as: { svg: 'Picture (SVG)', png: 'Picture (PNG)', csv: 'Table (CSV)' },
  report: 'Save as a report',
  saved: 'Saved.',
}
