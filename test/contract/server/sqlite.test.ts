import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startNodeHome } from './node-home.ts'
import type { Engine } from './node-home.ts'
import { serverSuite } from './suite.ts'

async function openEngine(folder: string): Promise<Engine> {
  return {
    environment: {},
    query: async (sql, ...values) => {
      const db = new DatabaseSync(join(folder, 'sightglass-server.db'), { timeout: 5000 })
      try {
        return db.prepare(sql).all(...values)
      } finally {
        db.close()
      }
    },
    crash: async () => {},
    close: async () => {},
  }
}

serverSuite({ name: 'Node with SQLite', start: (environment) => startNodeHome(openEngine, environment) })
