import { describe, expect, it } from 'vitest'
import { fileName } from '../../../shared/file-name.ts'
import { csvOf } from '../../../shared/writers/csv.ts'

/** RFC 4180, read by the letter. */
function read(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < csv.length) {
    let cell = ''
    if (csv[at] === '"') {
      for (at++; csv[at] !== '"' || csv[at + 1] === '"'; at++) {
        if (csv[at] === '"') at++
        cell += csv[at] ?? ''
      }
      at++
    } else for (; at < csv.length && csv[at] !== ',' && csv[at] !== '\r'; at++) cell += csv[at] ?? ''
    row.push(cell)
    if (csv[at] === ',') at++
    else {
      expect(csv.slice(at, at + 2)).toBe('\r\n')
      at += 2
      rows.push(row)
      row = []
    }
  }
  return rows
}

describe('a table as CSV', () => {
  it('comes back as it was, whatever stands in its cells', () => {
    const rows = [
      ['name', 'a "quoted" word', 'two\nlines', 'a,b', ' space ', '', 'ünïcode 日本 👩‍👧'],
      ['x', "it's", 'end"', '""', '\u00a0', 'semi;colon', 'tab\tin'],
    ]
    expect(read(csvOf(rows))).toEqual(rows)
  })

  it('keeps numbers numbers, also where a tool has written them as text', () => {
    expect(csvOf([[1234.5, -7, 1e-9, 0, null]])).toBe('1234.5,-7,1e-9,0,\r\n')
    expect(csvOf([['-7', '+3.5', '-1e-9', '.5']])).toBe('-7,+3.5,-1e-9,.5\r\n')
  })

  it.each([
    ['=1+1'],
    ['+cmd|calc'],
    ['-2+3'],
    ['@SUM(A1)'],
    ['\t=1'],
    ['\r=1'],
    ['\n=1'],
    ['＝1+1'],
    ['＠SUM(A1)'],
    [' =1+1'],
    ['\u00a0=1+1'],
    ['\u200b=1+1'],
    ['\ufeff=1+1'],
    ['fine\n=1+1'],
    ['fine\r\n @x'],
    ['=HYPERLINK("https://evil.test","x")'],
    ['\twhat begins with a tab'],
  ])('makes a formula words: %j', (text) => {
    const [[cell = ''] = []] = read(csvOf([[text]]))
    const lines = cell.split(/[\r\n]/).filter((line) => line !== '')
    for (const line of lines) expect(line).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u)
    expect(cell).not.toMatch(/^[\t\r\n]/)
    expect(cell.replaceAll("'", '')).toBe(text.replaceAll("'", ''))
  })

  it('leaves words alone that only hold such signs', () => {
    for (const text of ['a=b', 'gpt-5', 'me@example.org', '1+1', "'quoted", 'C++'])
      expect(read(csvOf([[text]]))).toEqual([[text]])
  })
})

describe('the name of a saved file', () => {
  it.each([
    ['telemetry.db Events per day', 'svg', 'telemetry.db Events per day.svg'],
    ['../../etc/passwd', 'csv', 'etc-passwd.csv'],
    ['/absolute', 'csv', 'absolute.csv'],
    ['C:\\Windows\\x', 'png', 'C-Windows-x.png'],
    ['a\u0000b', 'svg', 'ab.svg'],
    ['gpj\u202egvs.exe', 'svg', 'gpjgvs.exe.svg'],
    ['CON', 'svg', '_CON.svg'],
    ['com1.db Agent', 'csv', '_com1.db Agent.csv'],
    ['.hidden', 'csv', 'hidden.csv'],
    ['...', 'csv', 'sightglass.csv'],
    ['', 'html', 'sightglass.html'],
    ['dots...', 'html', 'dots.html'],
  ])('%j becomes harmless', (said, end, name) => {
    expect(fileName(said, end)).toBe(name)
  })

  it('is never longer than any disk allows', () => {
    expect(Buffer.byteLength(fileName('😀'.repeat(500), 'svg'))).toBeLessThan(255)
    expect(fileName('x'.repeat(5000), 'svg').length).toBeLessThan(200)
  })
})
