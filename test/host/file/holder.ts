// Another process that has a file open and does what it is told with it, as a person's tool would.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Holder {
  /** Runs SQL in the other process. */
  run(sql: string): Promise<void>
  /** Ends it as a crash would: what lies beside the file stays. */
  crash(): Promise<void>
  /** Ends it in good order: SQLite tidies up. */
  close(): Promise<void>
}

export async function hold(path: string, sql: string): Promise<Holder> {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const db = new DatabaseSync(${JSON.stringify(path)}, { timeout: 5000 })
    process.on('message', (sql) => {
      if (sql === '') { db.close(); process.exit() }
      try { db.exec(sql); process.send('done') } catch (error) { process.send(error.message) }
    })
    process.on('disconnect', () => process.exit())
    process.send('ready')`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await once(child, 'message')
  const run = async (wanted: string): Promise<void> => {
    child.send(wanted)
    const [answer] = await once(child, wanted === '' ? 'exit' : 'message')
    if (wanted !== '' && answer !== 'done') throw new Error(String(answer))
  }
  await run(sql)
  return {
    run,
    close: () => run(''),
    crash: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
