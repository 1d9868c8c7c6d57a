// Opens a file as another user would, and says what came of it. Run as a process of its own.
import { openReadOnly } from '../../../host/file/read-only.ts'

const [path = '', temporary = '', table = ''] = process.argv.slice(2)
const opened = await openReadOnly({ path, temporary, now: Date.now() }, () => {})
if (opened.ok) {
  const { db, readFrom, close } = opened.value
  const rows = Object.values(db.prepare(`SELECT count(*) FROM ${table}`).get() ?? {})[0]
  await close()
  console.log(JSON.stringify({ rows, readFrom }))
} else console.log(JSON.stringify(opened.error))
