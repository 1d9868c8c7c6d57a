// The far side of `sqlite-aside.ts`.
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import type { Answered, Asked, Question } from './sqlite-aside.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Outcome } from './sqlite.ts'

const { path, migrations } = v.parse(
  v.object({ path: v.string(), migrations: v.array(v.string()) }),
  workerData,
)
const store = openSqliteStore(path, migrations)

async function answer(question: Question): Promise<Outcome | undefined> {
  if (question.kind === 'run') return store.run(question.statements)
  if (question.kind === 'tend') await store.tend(question.when)
  else await store.close()
  return undefined
}

const say = (said: Answered | 'open'): void => parentPort?.postMessage(said)

parentPort?.on('message', ({ number, question }: Asked) => {
  answer(question).then(
    (outcome) => {
      say(outcome === undefined ? { number } : { number, outcome })
      if (question.kind === 'close') parentPort?.close()
    },
    (broke: unknown) => say({ number, broke }),
  )
})
say('open')
