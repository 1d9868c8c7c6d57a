import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { countOf, storedBy } from './stored.ts'
import type { Visit } from './suite.ts'

const client = { version: '0.0.1', platform: 'darwin', anonymized: true }

function run() {
  const id = `exec_${Date.now()}_${randomUUID()}`
  return {
    execution: {
      type: 'execution',
      data: {
        execution_id: id,
        timestamp: new Date().toISOString(),
        command_hash: '9f86d081884c7d65',
        pattern: 'Error',
        exit_code: 1,
        exit_reason: 'match',
        total_runtime: 45.3,
        match_count: 1,
        project_type: 'nodejs',
        command_category: 'test',
      },
    },
    match: {
      type: 'match_event',
      data: { execution_id: id, match_number: 1, timestamp_offset: 12.5, stream_source: 'stderr' },
    },
  }
}

export function earlyexitTests({ home, post }: Visit): void {
  const send = (events: readonly object[]): Promise<Response> =>
    post('/api/v1/events', JSON.stringify({ api_version: '1.0', events, client }))

  describe('earlyexit’s events', () => {
    it('are taken once, answered with their number, and told what of them is not kept', async () => {
      const { execution, match } = run()
      const before = (await storedBy(home(), 'earlyexit')).length
      const answers = await Promise.all(Array.from({ length: 100 }, () => send([execution, match])))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      expect(await answers[0]?.json()).toEqual({
        status: 'ok',
        received: 2,
        warnings: ['Not kept: command_hash, pattern.'],
      })
      const kept = (await storedBy(home(), 'earlyexit')).slice(before)
      expect(kept.map(({ kind }) => kind).toSorted()).toEqual(['execution', 'match_event'])
      expect(kept.find(({ kind }) => kind === 'execution')).toMatchObject({
        os: 'macos',
        version: '0.0.1',
        body: {
          exit_code: 1,
          exit_reason: 'match',
          total_runtime: 45.3,
          match_count: 1,
          project_type: 'nodejs',
          command_category: 'test',
        },
      })
      expect(JSON.stringify(kept)).not.toContain('9f86d081884c7d65')
      expect((await (await send([match])).json()) as object).toMatchObject({ warnings: [] })
    })

    const content = {
      command: 'npm test',
      working_directory: '/home/ada/project',
      line_content: 'Error: test failed',
      matched_substring: 'Error',
      context_before: 'one line',
      match_content: 'Error: test failed',
    }
    it.each(Object.entries(content))('with content are refused at the door: %s', async (field, value) => {
      const before = await countOf(home(), 'earlyexit')
      const { execution, match } = run()
      const revealing = { ...match, data: { ...match.data, [field]: value } }
      const response = await send([execution, revealing])
      expect(response.status).toBe(400)
      const said = await response.text()
      expect(said).toContain(field)
      expect(said).not.toContain(value)
      expect(await countOf(home(), 'earlyexit')).toBe(before)
      const everything = (await home().traces()).filter(({ bytes }) => Buffer.from(bytes).includes(value))
      expect(field === 'matched_substring' ? [] : everything.map(({ name }) => name)).toEqual([])
    })

    it('B9: of an unknown type are told so, and a body that is none is refused', async () => {
      const { execution } = run()
      const strange = { type: 'keystrokes', data: { text: 'secret' } }
      expect(await (await send([execution, strange])).json()).toMatchObject({
        received: 2,
        warnings: ['Not kept: command_hash, pattern.', 'Of an unknown type, and not kept: 1.'],
      })
      expect((await post('/api/v1/events', '{}')).status).toBe(400)
      expect((await post('/api/v1/events', '')).status).toBe(400)
    })
  })
}
