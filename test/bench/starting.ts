// How long it takes until something answers, and what the page weighs. A bare Node that does nothing is the reference.
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { firstScripts } from '../e2e/first-screen.ts'
import { startWebHost } from '../e2e/web-program.ts'
import { root } from '../e2e/options.ts'
import { atMost, median } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'

const names = {
  command: 'start: a command that reads no file',
  host: 'start: the web host has its address',
  memory: 'start: peak memory of a command that reads no file',
  first: 'page: script of the first screen, gzip',
  all: 'page: everything, gzip',
} as const
const runs = 7

export const starting: Measurement = {
  rows: Object.values(names),
  measure: async (place) => [...(await starts(place)), ...weights()],
}

/** Milliseconds of a process from its start to its end, and the most memory that it had. */
function run(args: readonly string[], home: string): { took: number; kilobytes: number } {
  const begun = performance.now()
  const tell = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)))`
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, ...args],
    { encoding: 'utf8', env: { ...process.env, SIGHTGLASS_HOME: home } },
  )
  if (status !== 0) throw new Error(stderr)
  return { took: performance.now() - begun, kilobytes: Number(stderr) }
}

async function starts({ folder }: BenchPlace): Promise<readonly Row[]> {
  const home = join(folder, 'starting')
  const [bare, command, memory, host]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let i = 0; i < runs; i++) {
    bare.push(run(['--eval', ''], home).took)
    const version = run([join(root, 'host/cli/main.ts'), 'version'], home)
    command.push(version.took)
    memory.push(version.kilobytes)
    const begun = performance.now()
    const started = await startWebHost({ kind: 'web', home })
    host.push(performance.now() - begun)
    await started.close()
  }
  const reference = median(bare)
  const told = (times: readonly number[]): string =>
    `median ${median(times).toFixed(0)} ms of ${runs}; a bare Node: ${reference.toFixed(0)} ms`
  return [
    atMost(names.command, median(command) / reference, 15, '× Node', told(command)),
    atMost(names.host, median(host) / reference, 8, '× Node', told(host)),
    atMost(names.memory, median(memory) / 1000, 150, 'MB', `median of ${runs}`),
  ]
}

function weights(): readonly Row[] {
  const assets = join(root, 'dist/page/assets')
  const row = (name: string, limit: number, files: readonly Buffer[]): Row => {
    const kilobytes = (weigh: (bytes: Buffer) => number): number =>
      files.reduce((all, bytes) => all + weigh(bytes), 0) / 1000
    const plain = kilobytes(({ length }) => length)
    const packed = kilobytes((bytes) => gzipSync(bytes).length)
    return atMost(name, packed, limit, 'kB', `${plain.toFixed(0)} kB as it is`)
  }
  const all = readdirSync(assets).map((name) => readFileSync(join(assets, name)))
  return [row(names.first, 150, firstScripts()), row(names.all, 800, all)]
}
