// All that the page gets of Electron: six functions under one name. This file runs sandboxed, before the page,
// in a world of its own; what the page hands over and gets back is copied on the way, never shared.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { isRecord } from '../shared/plain.ts'
import { channel } from '../shared/shell.ts'
import type { Shell } from '../shared/shell.ts'

const shell: Shell = {
  call: (name, args) => ipcRenderer.invoke(channel.call, name, args),
  stream: (name, args, onItem, onAnswer) => {
    const { port1: ours, port2: theirs } = new MessageChannel()
    let open = true
    const end = (answer?: unknown): void => {
      if (!open) return
      open = false
      ours.close()
      if (answer !== undefined) onAnswer(answer)
    }
    ours.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!open || !isRecord(data)) return
      if ('answer' in data) end(data['answer'])
      else onItem(data['item'])
    }
    ours.addEventListener('close', () => end({ ok: false, error: { kind: 'disconnected' } }))
    ipcRenderer.postMessage(channel.stream, { name, args }, [theirs])
    return () => {
      if (open) ours.postMessage('cancel')
      end()
    }
  },
  pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
  chooseFile: () => ipcRenderer.invoke(channel.chooseFile),
  saveFile: (name, bytes) => ipcRenderer.invoke(channel.saveFile, name, bytes),
  onOpen: (listener) => {
    ipcRenderer.on(channel.open, (_, path: string) => listener(path))
    ipcRenderer.send(channel.ready)
  },
}

contextBridge.exposeInMainWorld('sightglass', shell)
