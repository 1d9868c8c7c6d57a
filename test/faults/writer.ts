// A tool that writes as fast as it can, in its own process: path, milliseconds, journal mode, locking mode, patience.
// Every transaction keeps a counter beside the rows, so that a reader can tell whether it saw one moment.
import { DatabaseSync } from 'node:sqlite'

const [path = '', milliseconds = '', journal = '', locking = '', timeout = ''] = process.argv.slice(2)
const db = new DatabaseSync(path, { timeout: Number(timeout) })
db.exec(`PRAGMA locking_mode = ${locking}; PRAGMA journal_mode = ${journal}; PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT); CREATE INDEX IF NOT EXISTS i ON t (a);
  CREATE TABLE IF NOT EXISTS c (n INTEGER); INSERT INTO c VALUES (0)`)
const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)')
let done = 0
let refused = 0
let slowest = 0
const end = Date.now() + Number(milliseconds)
const transact = (work: () => void): void => {
  const began = performance.now()
  try {
    db.exec('BEGIN IMMEDIATE')
    work()
    db.exec('UPDATE c SET n = (SELECT count(*) FROM t)')
    db.exec('COMMIT')
    done++
  } catch {
    refused++
    if (db.isTransaction) db.exec('ROLLBACK')
  }
  slowest = Math.max(slowest, performance.now() - began)
}
process.on('SIGTERM', () => process.exit())
const turn = (): void => {
  for (let i = 0; i < 20; i++) {
    db.exec(`PRAGMA wal_autocheckpoint = ${20 + Math.floor(Math.random() * 200)}`)
    transact(() => {
      for (let k = Math.floor(Math.random() * 20); k >= 0; k--)
        insert.run(`key ${Math.random()}`, 'x'.repeat(Math.random() * 500))
    })
    if (done % 200 === 0) transact(() => db.exec('DELETE FROM t WHERE id < (SELECT max(id) FROM t) - 1500'))
  }
  if (Date.now() < end) return void setImmediate(turn)
  console.log(JSON.stringify({ done, refused, slowest: Math.round(slowest) }))
  db.close()
}
console.log('ready')
turn()
