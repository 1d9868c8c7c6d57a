import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../renderer/refusal.ts'

const far = '/home/ada/a/rather/long/path/to/where/a/tool/writes/telemetry.db'

describe('a refusal in the window', () => {
  it('names a file with a long path shortly in its sentence, and shows the path beside it', () => {
    const { text, path } = refusalOf({ kind: 'wal-foreign', path: far })
    expect(text).toMatch(/^telemetry\.db-wal does not belong to telemetry\.db:/)
    expect(path).toBe(far)
  })

  it('says a short path, and one where nothing is, in the sentence alone', () => {
    expect(refusalOf({ kind: 'file-empty', path: '/tmp/a.db' })).toEqual({
      text: '/tmp/a.db is empty: no tool has written to it yet. Nothing was changed.',
      path: null,
    })
    const missing = refusalOf({ kind: 'file-missing', path: far })
    expect(missing.text).toContain(far)
    expect(missing.path).toBe(null)
  })

  it('reads paths of Windows, and shows the file where the failure names none', () => {
    const windows = String.raw`C:\Users\ada\AppData\Local\tools\writes\telemetry.db`
    expect(refusalOf({ kind: 'file-forbidden', path: windows }).text).toContain('may not read telemetry.db.')
    expect(refusalOf({ kind: 'stopped', what: 'snapshot' }, far).path).toBe(far)
  })
})
