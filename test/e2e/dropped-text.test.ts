import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { dropFiles } from './files.ts'
import { events, inWindow, shows } from './window.ts'

const exchange = (i: number): string =>
  JSON.stringify({
    timestamp: `2026-11-${String(1 + (i % 20)).padStart(2, '0')}T20:14:39.069128+11:00`,
    conversation_id: 'c',
    type: i % 2 === 0 ? 'tts' : 'stt',
    text: 'some words',
    duration_ms: i,
  })

describe('a log of lines that is dropped on the page', () => {
  it('is read there like any other file', () =>
    inWindow(async ({ page, folder }) => {
      const lines = Array.from({ length: 57 }, (_, i) => exchange(i))
      writeFileSync(join(folder, 'exchanges.jsonl'), `${lines.join('\n')}\n{"torn`)
      await dropFiles(page, join(folder, 'exchanges.jsonl'))
      await events(page, '57')
      await shows(page, 'VoiceMode')
      await shows(page, 'stt')
    }))
})
