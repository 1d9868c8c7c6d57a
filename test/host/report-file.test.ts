// The file as a destination: what a person finds in it afterwards, also when the program or the disk gave up midway.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadColumns } from '../../host/file/columns.ts'
import { Destinations } from '../../host/sharing/destinations.ts'
import { appendReports, carryToFile, reportFile } from '../../host/sharing/report-file.ts'
import { idsOf, now, reports, yesterdayOnly } from '../contract/senders/sample.ts'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-reports-'))
  path = join(folder, 'my reports.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

const ids = idsOf('6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55')
async function requestOf(outbound = reports) {
  const [request] = await reportFile.encode(outbound, ids, { path })
  if (request === undefined) throw new Error('nothing to write')
  return request
}
const told = async (largest?: number, outbound = reports) =>
  reportFile.understand(await appendReports(await requestOf(outbound), largest)).kind
const text = (): Promise<string> => readFile(path, 'utf8')

it('holds each report on a line of its own, byte for byte as it was shown', async () => {
  expect(await told()).toBe('delivered')
  const { body } = await requestOf()
  expect(await text()).toBe(body)
  expect(
    body
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(reports)
})

it('is a destination that a person can set; a stopped sending writes nothing', async () => {
  const destinations = new Destinations(folder, {})
  expect(await destinations.set('file', { path })).toEqual({ ok: true, value: null })
  const [set] = await destinations.list()
  const [request] = (await set?.sender.encode(reports, ids, set.told)) ?? []
  expect(request).toEqual(await requestOf())
  const sealed = await requestOf()
  expect((await carryToFile(sealed, AbortSignal.abort())).ok).toBe(false)
  expect(await readdir(folder)).not.toContain('my reports.jsonl')
  expect((await carryToFile(sealed, new AbortController().signal)).ok).toBe(true)
  expect(await text()).toBe(sealed.body)
})

it('opens again in the viewer, one event a report', async () => {
  await told()
  const loaded = await loadColumns({ path, temporary: folder, now }, () => {})
  if (!loaded.ok) throw new Error(loaded.error.kind)
  expect(loaded.value.columns.format.name).toBe('shared-reports')
  expect(loaded.value.columns.rows).toBe(reports.length)
})

it('holds a report once when it is written again, and another beside it', async () => {
  await told()
  expect(await told()).toBe('duplicate')
  const before = await text()
  expect(await told(undefined, yesterdayOnly)).toBe('delivered')
  expect(await text()).toBe(before + (await requestOf(yesterdayOnly)).body)
})

it('is finished, not repeated, wherever a crash has cut it', async () => {
  const { body } = await requestOf()
  const old = '{"format":"earlyexit"}\n'
  for (let length = 0; length <= body.length; length++) {
    await writeFile(path, old + body.slice(0, length))
    await told()
    expect(await text(), `cut after ${length}`).toBe(old + body)
  }
})

it('loses nothing of what somebody else has written into it', async () => {
  await writeFile(path, 'a note of mine, without an end')
  await told()
  expect(await text()).toBe(`a note of mine, without an end\n${(await requestOf()).body}`)
})

it('is put aside and packed when it would grow too large; no older one is overwritten', async () => {
  const { body } = await requestOf()
  const name = 'my reports.jsonl'
  await writeFile(`${path}.1`, 'left by a crash')
  await told(body.length)
  await told(body.length, yesterdayOnly)
  expect((await readdir(folder)).sort()).toEqual([name, `${name}.1.gz`, `${name}.2.gz`])
  expect(gunzipSync(await readFile(`${path}.1.gz`)).toString()).toBe('left by a crash')
  expect(gunzipSync(await readFile(`${path}.2.gz`)).toString()).toBe(body)
  expect(await text()).toBe((await requestOf(yesterdayOnly)).body)
})

it('that can’t be written is refused, and a full disk is tried again', async () => {
  const inside = await appendReports({ address: pathToFileURL(join(path, 'x.jsonl')).href, body: 'x\n' })
  expect(reportFile.understand(inside).kind).toBe('delivered')
  const isFolder = await appendReports({ address: pathToFileURL(folder).href, body: 'x\n' })
  expect(reportFile.understand(isFolder)).toMatchObject({ kind: 'refused', reason: 'EISDIR' })
  expect(reportFile.understand({ status: 507, headers: {}, body: 'ENOSPC' }).kind).toBe('later')
})
