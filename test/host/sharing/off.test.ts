// P2 and row S1: an hour of full use with sharing never on, seen from outside. No socket beyond this machine, no name
// looked up, no id and no queue on the disk.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../../host/cli/commands.ts'
import { readTrace, watchFromOutside } from './outside.ts'

let folder = ''
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sightglass-off-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('whoever watches from outside', () => {
  it('sees connections beyond this machine, and names that are looked up', () => {
    const trace = [
      '17 connect(20, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1',
      '17 connect(21, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0',
      '17 connect(22, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
      '18 connect(23, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
      '18 openat(AT_FDCWD, "/etc/resolv.conf", O_RDONLY|O_CLOEXEC) = 24',
      '19 connect(25, {sa_family=AF_UNIX, sun_path="/run/some"}, 110) = 0',
    ].join('\n')
    const { within, beyond, lookUps } = readTrace(trace)
    expect([within.length, beyond.length, lookUps.length]).toEqual([2, 2, 2])
  })

  it('sees them of a real program, too', () => {
    const seen = watchFromOutside(folder, 'busy.ts')
    expect(seen.status).toBe(0)
    expect(seen.within.length).toBeGreaterThan(0)
    expect(seen.lookUps.length).toBeGreaterThan(0)
  })
})

describe('P2: off means off', () => {
  it('an hour of every command and every screen’s calls opens no socket, looks no name up, and makes no id and no queue', () => {
    const seen = watchFromOutside(folder, 'off-hour.ts')
    expect(seen.status).toBe(0)
    const {
      data,
      folder: world,
      codes,
    } = JSON.parse(seen.out.split('\n').at(-2) ?? '') as {
      data: string
      folder: string
      codes: Record<string, number>
    }
    try {
      const failed = Object.entries(codes).flatMap(([line, code]) => (code === 0 ? [] : [line]))
      // Those that need sharing to be on say so.
      expect(failed.sort()).toEqual(['share new-id', 'share now', 'share on'])
      expect(Object.keys(codes).length).toBeGreaterThanOrEqual(commands.length)
      expect(seen.beyond).toEqual([])
      expect(seen.within).toEqual([])
      expect(seen.lookUps).toEqual([])
      for (const name of ['sharing.json', 'sharing.db', 'sharing.db-wal', 'sharing.lock'])
        expect(existsSync(join(data, name))).toBe(false)
      const ids = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
      const texts = readdirSync(data).filter((name) => name.endsWith('.json'))
      expect(texts.length).toBeGreaterThan(0)
      for (const name of texts) expect(readFileSync(join(data, name), 'utf8')).not.toMatch(ids)
    } finally {
      rmSync(world, { recursive: true, force: true })
    }
  }, 240_000)
})
