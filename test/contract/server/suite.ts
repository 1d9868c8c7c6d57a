// What every home of the community server keeps to, whichever engine it stands on. One list of tests, run as it is on
// each; a home's own file only says how it is started.
import { afterAll, beforeAll, describe } from 'vitest'
import { batchTests } from './batches.tests.ts'
import { boundTests } from './bounds.tests.ts'
import { clientTests } from './clients.tests.ts'
import { crashTests } from './crash.tests.ts'
import { deletionTests } from './deletion.tests.ts'
import { earlyexitTests } from './earlyexit.tests.ts'
import { foreignTests } from './foreign.tests.ts'
import type { Home, RunningHome } from './home.ts'
import { adminKey } from './key.ts'
import { limitTests } from './limit.tests.ts'
import { operatorTests } from './operator.tests.ts'
import { privacyTests } from './privacy.tests.ts'
import { routerTests, startRouter } from './router.tests.ts'
import type { Router } from './router.tests.ts'
import { senderTests } from './senders.tests.ts'
import { smartAgentsTests } from './smart-agents.tests.ts'
import { trendTests } from './trend.tests.ts'
import { voicemodeTests } from './voicemode.tests.ts'

/** The home that is running, as the tests reach it. */
export interface Visit {
  readonly home: () => RunningHome
  /** On a connection of its own: one that was kept may be closed from the other side in the moment of its next use. */
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>
  get(path: string, headers?: Record<string, string>): Promise<Response>
}

const groups = {
  batchTests,
  limitTests,
  boundTests,
  deletionTests,
  crashTests,
  privacyTests,
  trendTests,
  operatorTests,
  senderTests,
  voicemodeTests,
  foreignTests,
  smartAgentsTests,
  earlyexitTests,
  clientTests,
}

export function serverSuite({ name, start }: Home): void {
  describe(name, () => {
    let running: RunningHome | undefined
    const home = (): RunningHome => {
      if (running === undefined) throw new Error('it has not been started')
      return running
    }
    let router: Router | undefined
    const patience = 60_000 // an engine starts slowly on a machine that is busy
    beforeAll(async () => {
      router = await startRouter()
      running = await start({ ...environment, FORWARD_TO: router.setting })
    }, patience)
    afterAll(async () => {
      await running?.stop()
      await router?.close()
    }, patience)
    const visit: Visit = {
      home,
      post: (path, body, headers = json) =>
        fetch(`${home().address}${path}`, {
          method: 'POST',
          headers: { connection: 'close', ...headers },
          body,
          ...streaming,
        }),
      get: (path, headers = {}) => fetch(`${home().address}${path}`, { headers }),
    }
    for (const group of Object.values(groups)) group(visit)
    routerTests(visit, () => router)
  })
}

const json = { 'content-type': 'application/json' }
const streaming = { duplex: 'half' }
/** Wide enough that only the tests of limits meet one: those are about single ids. */
const environment = {
  LIMIT_PER_ID: '20',
  LIMIT_PER_NETWORK: 'none',
  ADMIN_KEY: adminKey,
  TRENDS_PER_NETWORK: '1000', // all of them come from this machine
}
