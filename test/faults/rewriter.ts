// Something that knows nothing of SQLite's locks, such as a restore or a sync: it writes one whole file and then
// another over a path again and again, in place or by renaming. Path, the two files, milliseconds, how.
import { copyFileSync, renameSync, rmSync, writeFileSync, readFileSync } from 'node:fs'

const [path = '', first = '', second = '', milliseconds = '', how = ''] = process.argv.slice(2)
const files = [readFileSync(first), readFileSync(second)]
const end = Date.now() + Number(milliseconds)
let turn = 0
function next(): void {
  const bytes = files[turn++ % 2] ?? Buffer.alloc(0)
  if (how === 'rename') {
    writeFileSync(`${path}.new`, bytes)
    renameSync(`${path}.new`, path)
  } else if (how === 'delete') {
    rmSync(path, { force: true })
    setTimeout(() => copyFileSync(first, path), 3)
  } else writeFileSync(path, bytes) // cuts the file to nothing first, as most programs do
  if (Date.now() < end) setTimeout(next, Math.random() * 12)
}
console.log('ready')
next()
