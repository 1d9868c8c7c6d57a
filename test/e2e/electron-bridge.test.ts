// The bridge over the desktop shell's channels: the built shell in the stand-in for Electron's runtime, the page's
// own half of the bridge, and malformed calls past the page, as a page taken over would make them.
import type { Page } from 'playwright-core'
import { connect } from '../../renderer/bridge.ts'
import { isRecord } from '../../shared/plain.ts'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { channel } from '../../shared/shell.ts'
import type { Shell } from '../../shared/shell.ts'
import { bridgeContract } from '../contract/bridge.ts'
import { startShell } from './shell-program.ts'

const ours = { url: 'app://local/', top: true, token: 'top' }

bridgeContract('over the desktop shell', async (world) => {
  const counted = world.counting
  const standIn = await startShell({
    home: world.data,
    toolsHome: world.home,
    releases: world.releases,
    version: '0.0.0',
    onUtility: (onExit, pid) => {
      counted(() => ({ pid, post: () => {}, onMessage: () => {}, onExit, kill: () => {} }))()
    },
  })
  const page = await standIn.page()
  const shell = await shellOf(page)
  const at = page.url()
  const { history, sessionStorage, fetch } = globalThis
  const connected = await connect({
    sightglass: shell,
    location: { href: at, hash: '' },
    history,
    sessionStorage,
    fetch,
  })
  if (!connected.ok) throw new Error('the page did not connect')
  return {
    bridge: connected.value.bridge,
    raw: async (kind, name, args) => {
      if (kind === 'call') {
        const text = JSON.stringify([name, args])
        return resultOf(await standIn.ask('invokeTextAs', ours, channel.call, text))
      }
      const heard = await standIn.ask('postAs', ours, channel.stream, { name, args })
      const last = heard.at(-1)
      return resultOf(isRecord(last) ? last['answer'] : null)
    },
    bytes: (id, range) => bytesOf(page, id, range),
    waiting: 1,
    close: () => standIn.close(),
  }
})

/** The shell that the preload put on the page, to be called from here. */
async function shellOf(page: Page): Promise<Shell> {
  const listeners = new Map<number, readonly [(item: unknown) => void, (answer: unknown) => void]>()
  let next = 0
  await page.exposeFunction('contractHear', (id: number, which: 0 | 1, value: unknown) => {
    listeners.get(id)?.[which](value)
  })
  await page.evaluate(() => Reflect.set(window, 'contractStreams', {}))
  return {
    call: (name, args) =>
      page.evaluate(([method, given]) => window.sightglass?.call(method, given), [name, args] as const),
    stream: (name, args, onItem, onAnswer) => {
      const id = next++
      listeners.set(id, [onItem, onAnswer])
      const begun = page.evaluate(
        ([method, given, mine]) => {
          const hear: unknown = Reflect.get(window, 'contractHear')
          const tell = (which: 0 | 1, value: unknown): void => {
            if (typeof hear === 'function') Reflect.apply(hear, null, [mine, which, value])
          }
          const cancel = window.sightglass?.stream(
            method,
            given,
            (item) => tell(0, item),
            (answer) => tell(1, answer),
          )
          Reflect.set(Reflect.get(window, 'contractStreams') as object, mine, cancel)
        },
        [name, args, id] as const,
      )
      return () => {
        const cancel = page.evaluate((mine) => {
          const stop: unknown = Reflect.get(Reflect.get(window, 'contractStreams') as object, mine)
          if (typeof stop === 'function') Reflect.apply(stop, null, [])
        }, id)
        void begun.then(() => cancel)
      }
    },
    pathOf: () => '',
    chooseFile: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(ok(false)),
    onOpen: () => {},
  }
}

async function bytesOf(page: Page, id: string, range?: { start: number; end: number }): Promise<Uint8Array> {
  const wanted = range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` }
  const { status, text } = await page.evaluate(
    async ([path, headers]) => {
      const answer = await fetch(path, { headers })
      const reader = new FileReader()
      const read = new Promise((resolve) => reader.addEventListener('load', resolve))
      reader.readAsDataURL(await answer.blob())
      await read
      return { status: answer.status, text: typeof reader.result === 'string' ? reader.result : '' }
    },
    [`/bytes/${id}`, wanted] as const,
  )
  if (status !== (range === undefined ? 200 : 206)) throw new Error(`status ${status}`)
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64')
}

function resultOf(value: unknown): Result<unknown> {
  if (isRecord(value) && typeof value['ok'] === 'boolean') return value as unknown as Result<unknown>
  throw new Error(`not a result: ${JSON.stringify(value)}`)
}
