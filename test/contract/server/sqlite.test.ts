import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Home } from './home.ts'
import { startNodeHome } from './node-home.ts'
import type { Engine } from './node-home.ts'
import { serverSuite } from './suite.ts'
import { wholeLoop } from './whole-loop.ts'

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

const home: Home = {
  name: 'Node with SQLite',
  start: (environment) => startNodeHome(openEngine, environment),
}
serverSuite(home)
wholeLoop(home)
