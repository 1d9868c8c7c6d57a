// The program and the community server, each as it is, over a socket of this machine: a day is shared, acknowledged
// with a receipt, and taken back.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parse } from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import { Day } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'

const hour = 3_600_000
const dayLength = 24 * hour
let world: World
let server: ChildProcess
let host: Host
let later = 0
beforeEach(async () => {
  world = await makeWorld()
  later = 0
  const program = join(import.meta.dirname, '../../../server/node.ts')
  server = spawn(process.execPath, [program, '--port', '0', '--data', join(world.folder, 'server')])
  const now = (): number => Date.now() + later
  host = createHost({ ...world.deps('web'), now, sharing: { clock: { now, steady: now } } })
})
afterEach(async () => {
  await host.close()
  server.kill('SIGKILL')
  await once(server, 'exit')
  await world.remove()
})

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('no output')
  let said = ''
  // Ended with the loop, it would break the server's next line of its log, and the server with it.
  for await (const piece of stdout.iterator({ destroyOnReturn: false })) {
    said += String(piece)
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
    if (address === undefined) continue
    stdout.resume()
    return address
  }
  throw new Error('the server did not start')
}

it('a day is shared with the server, which has a receipt for it, and is deleted there when it is taken back', async () => {
  const bridge = directBridge(host.rpc)
  const address = await addressOf(server)
  const yesterday = Math.floor(Date.now() / dayLength) * dayLength - dayLength
  const path = await world.makeFile('telemetry.db', 30, 'delete', yesterday)
  good(await bridge.call('share.setDestination', { name: 'community', told: { address }, level: null }))
  good(await bridge.stream('share.tick', { path, ticked: true }, () => {}))
  const asked = { path: null, day: null, level: 'detailed', to: null } as const
  const { seen, day } = good(await bridge.stream('share.plan', asked, () => {}))
  good(await bridge.stream('share.on', { level: 'detailed', day: null, seen }, () => {}))
  good(await bridge.stream('share.earlier', { from: parse(Day, day) }, () => {}))
  later = hour
  expect(good(await bridge.stream('share.now', { to: null }, () => {}))).toMatchObject({ delivered: 1 })
  const outcomes = async () =>
    good(await bridge.call('share.log', { words: '"outcome"', before: null, most: 10 })).lines.flatMap(
      ({ entry }) => (entry.what === 'outcome' ? [entry] : []),
    )
  const [sent] = await outcomes()
  expect(sent).toMatchObject({ outcome: 'delivered', status: 200 })
  expect(sent?.told).toContain('"sha256"')
  expect(good(await bridge.call('share.off', {}))).toMatchObject([{ batches: 1, takeBack: 'proof' }])
  const forgotten = good(await bridge.call('share.forget', { to: null }))
  expect(forgotten).toMatchObject([{ pending: 0, confirmed: 1 }])
  expect((await outcomes()).map(({ told }) => JSON.parse(told) as unknown)[0]).toMatchObject({ status: 'ok' })
})

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a failure: ${JSON.stringify(result.error)}`)
  return result.value
}
