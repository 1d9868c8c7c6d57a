// Columns that come from the host are the same columns, wherever the pieces of the stream were cut.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { ChunkBuilder } from '../../../shared/viewer/columns.ts'
import type { TelemetryEvent } from '../../../shared/viewer/events.ts'
import { encodeFrame, FrameReader } from '../../../shared/viewer/frames.ts'
import type { Frame } from '../../../shared/viewer/frames.ts'

const word = fc.option(fc.string({ unit: 'binary', maxLength: 12 }))
const number = fc.oneof(fc.double(), fc.constant(NaN))
const event: fc.Arbitrary<TelemetryEvent> = fc.record({
  rowid: fc.integer(),
  time: number,
  kind: fc.string({ unit: 'binary', maxLength: 8 }),
  outcome: fc.constantFrom(0, 1, 2),
  duration: number,
  dimensions: fc.tuple(...smartAgents.events.dimensions.map(() => word)),
  measures: fc.tuple(...smartAgents.events.measures.map(() => number)),
  tallies: fc.constant([]),
})

it('arrives as it was sent, in pieces of any length', () => {
  let chunks = 0
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), fc.integer({ min: 1, max: 5000 }), (events, cut) => {
      const sent: Frame[] = [
        {
          type: 'recognised',
          format: smartAgents,
          rows: events.length,
          key: 'key',
          recognition: null,
          unreadableLines: 0,
          rawColumns: ['id', 'at'],
        },
        ...[...new ChunkBuilder(smartAgents).chunks(events, 7)].map(
          (chunk) => ({ type: 'chunk', chunk }) as const,
        ),
        { type: 'end' },
      ]
      chunks += sent.length - 2
      const stream = Buffer.concat(sent.map(encodeFrame))
      const reader = new FrameReader()
      const received: Frame[] = []
      for (let at = 0; at < stream.length; at += cut)
        received.push(...reader.push(stream.subarray(at, at + cut)))
      expect(received).toEqual(sent)
    }),
    { numRuns: 200 },
  )
  expect(chunks).toBeGreaterThan(100)
})
