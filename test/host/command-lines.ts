// Lines that run every command, in the order of the help, with the files they need. What a window can do, a command
// can, so all of them together use all of the program.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeUnknownFile } from '../world.ts'
import type { World } from '../world.ts'

/** A line that holds what an earlier one gave is made when it is its turn. */
export type Line = readonly string[] | (() => Promise<readonly string[]>)

export async function commandLines(
  world: World,
  run: (...args: string[]) => Promise<string>,
): Promise<Readonly<Record<string, readonly Line[]>>> {
  await world.makeFile('home/.smart-agents/telemetry/telemetry.db', 20)
  await world.makeFile('preview.db', 20)
  await world.makeFile('held.db', 20, 'wal') // its writer stays: what is deleted there is finished later
  makeUnknownFile(join(world.folder, 'jobs.db'))
  const dayLength = 86_400_000
  const yesterday = new Date(Math.floor(Date.now() / dayLength) * dayLength - dayLength)
  await world.makeFile('yesterday.db', 20, 'delete', yesterday.getTime())
  const trends = { version: 1, made: '2026-11-18T02:00:00.000Z', threshold: 20, weeks: [] }
  await writeFile(
    join(world.folder, 'trends.json'),
    JSON.stringify({ ...trends, per_network_and_day: 3, rounded_to: 10 }),
  )
  const waiting = async (): Promise<string> => {
    const queue = JSON.parse(await run('share', 'queue', '--json')) as { batch: string }[]
    return queue[0]?.batch ?? ''
  }
  const switchedOn = async (): Promise<string[]> => {
    await run('share', 'to', 'file', join(world.folder, 'shared.jsonl'))
    await run('share', 'files', '--tick', 'yesterday.db')
    await run('share', 'on')
    return ['share', 'status']
  }
  return {
    open: [['open', '--tool', 'smart-agents']],
    records: [
      ['records', 'preview.db', '--search', 'planner', '--limit', '3'],
      ['records', 'preview.db', '--columns', 'time,dimension:agent'],
    ],
    report: [
      ['report', 'home/.smart-agents/telemetry/telemetry.db'],
      ['report', 'home/.smart-agents/telemetry/telemetry.db', '--html', 'report.html'],
    ],
    files: [['files'], ['files', '--in', '.'], ['files', '--forget', 'old.db']],
    snapshot: [['snapshot', 'home/.smart-agents/telemetry/telemetry.db', 'copy.db']],
    sample: [['sample', '--events', '10', 'sample.db']],
    settings: [['settings'], ['settings', 'theme', 'dark']],
    delete: [
      ['delete', '--tool', 'smart-agents'],
      ['delete', 'preview.db', '--failed', '--yes'],
      ['delete', 'held.db', '--failed', '--yes'],
    ],
    'verify-erased': [['verify-erased', '--last'], ['verify-erased'], ['verify-erased', '--finish']],
    keep: [
      ['keep', 'preview.db', '--days', '36000', '--yes'],
      ['keep', 'preview.db', '--now'],
      ['keep', '--log'],
    ],
    export: [
      ['export', 'preview.db', 'out.jsonl'],
      ['export', '--tool', 'smart-agents'],
    ],
    import: [['import', 'out.jsonl', 'again.db']],
    follow: [['follow', 'preview.db']],
    recognise: [
      ['recognise', 'jobs.db', '--time', 'ended'],
      ['recognise', 'jobs.db', '--guess'],
    ],
    'share status': [['share', 'status'], switchedOn],
    'share to': [
      ['share', 'to', 'file', join(world.folder, 'shared.jsonl')],
      ['share', 'to', 'console'],
      ['share', 'to', 'console', '--remove'],
    ],
    'share test': [['share', 'test', 'file', '--yes']],
    'share files': [
      ['share', 'files'],
      ['share', 'files', '--tick', 'yesterday.db'],
    ],
    'share preview': [
      ['share', 'preview'],
      ['share', 'preview', 'preview.db', '--day', '2026-11-01'],
    ],
    'share on': [['share', 'on']],
    'share now': [['share', 'now', '--earlier', yesterday.toISOString().slice(0, 10)]],
    'share queue': [
      async () => ['share', 'queue', '--show', await waiting()],
      async () => ['share', 'queue', '--drop', await waiting()],
      ['share', 'queue'],
    ],
    'share log': [
      ['share', 'log'],
      ['share', 'log', '--verify'],
      ['share', 'log', '--out', 'log.jsonl'],
      ['share', 'log', '--erase', '--yes'],
    ],
    'share new-id': [['share', 'new-id']],
    'share off': [['share', 'off']],
    'share forget': [
      ['share', 'forget'],
      ['share', 'forget', '--yes'],
    ],
    'share held': [
      ['share', 'held'],
      ['share', 'held', '--yes'],
    ],
    trends: [['trends', 'trends.json', '--with', 'preview.db']],
    updates: [['updates'], ['updates', '--yes']],
    version: [['version']],
  }
}
