// A process that reads one file after another, as it is told to. Whoever tells it watches it, and ends it when it hangs.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { damage, makeSound } from './files.ts'
import { loadSqlJs, tryFile } from './try-file.ts'

export type Task =
  | { readonly damaged: number }
  | { readonly file: string }
  | { readonly bytes: Uint8Array; readonly name: string }

const folder = process.argv[2] ?? ''
const sound = makeSound()
let sqlJs = await loadSqlJs()
let tried = 0

function lay(task: Task, path: string): string {
  if ('file' in task) {
    copyFileSync(task.file, path)
    for (const end of ['-wal', '-journal'])
      try {
        copyFileSync(task.file + end, path + end)
      } catch {
        // most files have none
      }
    return task.file
  }
  if ('bytes' in task) {
    writeFileSync(path, task.bytes)
    return task.name
  }
  const { db, wal, name } = damage(sound, task.damaged)
  writeFileSync(path, db)
  if (wal !== null) writeFileSync(`${path}-wal`, wal)
  return name
}

process.on('message', (message) => {
  void (async () => {
    const place = join(folder, 'place')
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place)
    const path = join(place, 'file.db')
    const name = lay(message as Task, path) // both ends are this test's
    if (++tried % 500 === 0) sqlJs = await loadSqlJs() // what a broken file leaves in its memory goes
    process.send?.(await tryFile(path, name, sqlJs))
  })()
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
