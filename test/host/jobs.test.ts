// A job that works on a stranger's file is watched: one that says nothing for too long is ended, whatever it is in.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startJob } from '../../host/jobs.ts'
import type { JobName } from '../../host/jobs.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function begin<K extends JobName>(name: K, input: Parameters<typeof startJob<K>>[2]) {
  let hear: (message: unknown) => void = () => {}
  const child = {
    post: vi.fn(),
    onMessage: (listener: typeof hear) => void (hear = listener),
    onExit: () => {},
    kill: vi.fn(),
    memory: vi.fn(() => 100_000_000),
  }
  const job = startJob(
    () => child,
    name,
    input,
    () => {},
  )
  const answer = vi.fn()
  void job.answer.then(answer)
  const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
  return { job, child, answer, wait, say: (message: unknown) => hear(message) }
}
const input = { path: '/nowhere/a.db', temporary: '/tmp', now: 0 }
const stopped = (what: string) => ({ ok: false, error: { kind: 'stopped', what } })
const progress = { type: 'progress', item: { phase: 'reading', done: 1, total: 2 } }

it('a reading that is stuck in one statement is ended after four seconds', async () => {
  const { child, answer, wait, say } = begin('snapshot', input)
  say({ type: 'ready' })
  await wait(3900)
  expect(answer).not.toHaveBeenCalled()
  await wait(200)
  expect(answer).toHaveBeenCalledWith(stopped('snapshot'))
  expect(child.kill).toHaveBeenCalledTimes(1)
})

it('a reading that tells of its progress may take as long as it likes', async () => {
  const { child, answer, wait, say } = begin('snapshot', input)
  say({ type: 'ready' })
  for (let i = 0; i < 20; i++) {
    await wait(3500)
    say(progress)
  }
  say({ type: 'answer', result: { ok: true, value: null } })
  await wait(60_000)
  expect(answer).toHaveBeenCalledWith({ ok: true, value: null })
  expect(child.kill).not.toHaveBeenCalled()
})

it('a big file has more time: some steps go through all of it without a word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-jobs-'))
  const path = join(folder, 'big.db')
  await writeFile(path, '')
  await truncate(path, 1_000_000_000) // takes no room on the disk
  const { answer, wait, say } = begin('check', { ...input, path })
  await rm(folder, { recursive: true })
  say({ type: 'ready' })
  await wait(23_500)
  expect(answer).not.toHaveBeenCalled()
  await wait(1000)
  expect(answer).toHaveBeenCalledWith(stopped('check'))
})

it('bytes that never come end the reading too, and whoever waits for them is told', async () => {
  const { job, wait, say } = begin('columns', input)
  say({ type: 'ready' })
  say({ type: 'answer', result: { ok: true, value: null } })
  await wait(3_600_000)
  const bytes = job.read(0, 0)
  await wait(5100)
  expect(await bytes).toEqual(stopped('columns'))
})

it('a reading that takes a gigabyte more than its file has is ended', async () => {
  const { child, answer, wait, say } = begin('summarize', { ...input, zone: 'UTC' })
  say({ type: 'ready' })
  await wait(1000)
  expect(answer).not.toHaveBeenCalled()
  child.memory.mockReturnValue(1_100_000_000)
  await wait(100)
  expect(answer).toHaveBeenCalledWith({
    ok: false,
    error: { kind: 'file-damaged', path: input.path, detail: 'memory' },
  })
  expect(child.kill).toHaveBeenCalledTimes(1)
})

it('a follower may be silent for hours, and a process may be slow to start', async () => {
  const follower = begin('follow', { ...input, after: null })
  follower.say({ type: 'ready' })
  await follower.wait(86_400_000)
  expect(follower.answer).not.toHaveBeenCalled()
  const slow = begin('snapshot', input)
  await slow.wait(15_000)
  expect(slow.answer).not.toHaveBeenCalled()
  await slow.wait(6000)
  expect(slow.answer).toHaveBeenCalledWith(stopped('snapshot'))
})
