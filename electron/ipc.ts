// The channels between the window and the host. Electron delivers a message from any frame of any window that
// loaded the preload, so each is looked at before anything else: only the top frame of our one window, showing our
// own address, is answered. What passes goes through the same rpc door as every other transport's calls.
import type { IpcMain, WebContents, WebFrameMain } from 'electron'
import type { Rpc } from '../host/rpc.ts'
import { isRecord } from '../shared/plain.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail } from '../shared/result.ts'
import { channel } from '../shared/shell.ts'

export interface IpcDeps {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>
  /** Our window's contents; null while there is no window. */
  readonly contents: () => Contents | null
  readonly rpc: Rpc
  readonly chooseFile: () => Promise<string | null>
  /** Asks where, and writes; false where nobody chose a place. */
  readonly saveFile: (name: string, bytes: Uint8Array) => Promise<Result<boolean>>
}
type Contents = Pick<WebContents, 'send' | 'isDestroyed'> & { readonly mainFrame: Frame }
type Frame = Pick<WebFrameMain, 'url' | 'processId' | 'frameToken'> & { readonly parent: object | null }
interface Sent {
  readonly sender: object
  readonly senderFrame: Frame | null
}

export interface Ipc {
  /** Hands a file to the page, at once or as soon as there is a page that listens. */
  open(path: string): void
  /** The page has gone (closed, reloaded): its work ends, and files wait for the next one. */
  pageGone(): void
}

/** Where the page lives. */
export const pageScheme = 'app'
export const pageHost = 'local'
export const pageAddress = `${pageScheme}://${pageHost}/`

export function connectIpc({ ipcMain, contents, rpc, chooseFile, saveFile }: IpcDeps): Ipc {
  let listening = false
  let waiting: string[] = []
  const streams = new Set<AbortController>()
  const refuseStrangers = (event: Sent): void => {
    if (!isOurs(event, contents())) throw new Error('refused: not the page of this program')
  }

  ipcMain.handle(channel.call, (event, name: unknown, args: unknown) => {
    refuseStrangers(event)
    return typeof name === 'string' ? rpc.call(name, args) : notAName
  })

  ipcMain.handle(channel.chooseFile, (event) => {
    refuseStrangers(event)
    return chooseFile()
  })

  ipcMain.handle(channel.saveFile, (event, name: unknown, bytes: unknown) => {
    refuseStrangers(event)
    const sound = typeof name === 'string' && name.length <= 300 && bytes instanceof Uint8Array
    return sound && bytes.length <= largestSaved ? saveFile(name, bytes) : notAFile
  })

  ipcMain.on(channel.stream, (event, message: unknown) => {
    const [port] = event.ports
    if (port === undefined) return
    if (!isOurs(event, contents())) return port.close()
    const stop = new AbortController()
    port.on('message', () => stop.abort()) // the page has one thing to say: cancel
    port.on('close', () => stop.abort())
    port.start()
    const answer = (result: Result<unknown>): void => port.postMessage({ answer: result })
    if (!isRecord(message) || typeof message['name'] !== 'string') return answer(notAName)
    const send = (item: unknown): void => port.postMessage({ item })
    streams.add(stop)
    void rpc
      .stream(message['name'], message['args'], send, stop.signal)
      .then(answer)
      .finally(() => streams.delete(stop))
  })

  ipcMain.on(channel.ready, (event) => {
    if (!isOurs(event, contents())) return
    listening = true
    const paths = waiting
    waiting = []
    for (const path of paths) contents()?.send(channel.open, path)
  })

  return {
    open: (path) => {
      const target = contents()
      if (listening && target !== null) target.send(channel.open, path)
      else waiting.push(path)
    },
    pageGone: () => {
      listening = false
      for (const stop of streams) stop.abort()
    },
  }
}

/** Pictures, tables and reports of the page are far smaller. */
const largestSaved = 200_000_000
const notAFile = fail<AppError>({ kind: 'bad-call', method: 'saveFile', issue: 'not a name and bytes' })
const notAName = fail<AppError>({ kind: 'unknown-method', method: '' })

function isOurs({ sender, senderFrame: frame }: Sent, contents: Contents | null): boolean {
  if (contents === null || contents.isDestroyed() || sender !== contents || frame === null) return false
  try {
    const top = contents.mainFrame
    if (frame.parent !== null || frame.processId !== top.processId || frame.frameToken !== top.frameToken)
      return false
    const { protocol, host, username, password } = new URL(frame.url)
    return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === ''
  } catch {
    return false // the frame was gone when asked, or its address is none
  }
}
