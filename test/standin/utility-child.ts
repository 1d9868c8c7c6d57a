// The entry of a utility process in the stand-in: puts process.parentPort in the place of Node's own channel.
import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'

class ParentPort extends EventEmitter {
  readonly #send = process.send?.bind(process)
  postMessage(message: unknown): void {
    this.#send?.(structuredClone(message))
  }
}
const parentPort = new ParentPort()
const [, , script = ''] = process.argv
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }))
process.on('disconnect', () => process.exit()) // Electron ends its children with itself
Object.defineProperty(process, 'parentPort', { value: parentPort })
Object.defineProperty(process, 'send', { value: undefined })
createRequire(import.meta.url)(script)
