import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../renderer/refusal.ts'
import type { AppError } from '../../shared/result.ts'
import { en } from '../../shared/words/en.ts'
import { explain } from '../../shared/words/explain.ts'

const far = '/home/ada/a/rather/long/path/to/where/a/tool/writes/telemetry.db'

const inEnglish = (error: AppError): string => explain(error, en)

describe('a refusal in the window', () => {
  it('names a file with a long path shortly in its sentence, and shows the path beside it', () => {
    const { text, path } = refusalOf({ kind: 'wal-foreign', path: far }, inEnglish)
    expect(text).toMatch(/^telemetry\.db-wal does not belong to telemetry\.db:/)
    expect(path).toBe(far)
  })

  it('says a short path, and one where nothing is, in the sentence alone', () => {
    expect(refusalOf({ kind: 'file-empty', path: '/tmp/a.db' }, inEnglish)).toEqual({
      text: '/tmp/a.db is empty: no tool has written to it yet. Nothing was changed.',
      path: null,
    })
    const missing = refusalOf({ kind: 'file-missing', path: far }, inEnglish)
    expect(missing.text).toContain(far)
    expect(missing.path).toBe(null)
  })

  it('reads paths of Windows, and shows the file where the failure names none', () => {
    const windows = String.raw`C:\Users\ada\AppData\Local\tools\writes\telemetry.db`
    expect(refusalOf({ kind: 'file-forbidden', path: windows }, inEnglish).text).toContain(
      'may not read telemetry.db.',
    )
    expect(refusalOf({ kind: 'stopped', what: 'snapshot' }, inEnglish, far).path).toBe(far)
  })
})
