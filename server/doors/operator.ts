// Answers for whoever runs the server, with the key from its environment: the page, each question as JSON or CSV, and
// the figures that Prometheus reads.
import { answer, refuse, unavailable } from '../door.ts'
import type { Answer, Call, Door, Here } from '../door.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { csvOf } from '../../shared/writers/csv.ts'
import { refuseStranger } from '../operator.ts'
import { adminPage, adminStyle } from '../page.ts'
import { askQuestion, questions } from '../questions.ts'
import type { Question } from '../questions.ts'
import { numberIn } from '../store.ts'
import type { Row } from '../store.ts'
import { trendsDocument } from '../trends/renew.ts'

/** Lets only the operator in, who may say how many days they ask about. */
const guarded =
  (work: (call: Call, here: Here, days: number) => Promise<Answer>): Door['answer'] =>
  async (call, here) => {
    const refused = await refuseStranger(call, here)
    if (refused !== null) return refused
    const days = Number(call.query.get('days') ?? 30)
    const isSpan = Number.isInteger(days) && days > 0 && days <= longest
    return isSpan ? work(call, here, days) : refuse(400, words.noDays(longest))
  }

const longest = 366

export const admin: Door = {
  name: 'admin',
  method: 'GET',
  paths: ['/admin'],
  answer: guarded(async (call, { store }, days) => {
    const answers: (readonly [Question, readonly Row[]])[] = []
    for (const question of questions) {
      const asked = await askQuestion(store, question, call.day, days)
      if (!asked.ok) return unavailable
      answers.push([question, asked.value])
    }
    return answer(adminPage(answers, days), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'self'",
    })
  }),
}

export const adminStyles: Door = {
  name: 'admin',
  method: 'GET',
  paths: ['/admin/style.css'],
  answer: () => Promise.resolve(answer(adminStyle, { 'content-type': 'text/css; charset=utf-8' })),
}

export const adminAnswers: Door = {
  name: 'admin',
  method: 'GET',
  paths: ['/admin/answers', '/admin/answers/:name'],
  answer: guarded(async (call, { store }, days) => {
    const name = call.params['name']
    if (name === undefined) return answer(questions.map(({ name: one, title }) => ({ name: one, title })))
    const question = questions.find((one) => one.name === name)
    if (question === undefined) return refuse(404, words.notFound)
    const asked = await askQuestion(store, question, call.day, days)
    if (!asked.ok) return unavailable
    if (call.query.get('as') !== 'csv') return answer(asked.value)
    return answer(inCsv(asked.value), { 'content-type': 'text/csv; charset=utf-8' })
  }),
}

function inCsv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  return csvOf([columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))])
}
const cellOf = (value: unknown): string | number =>
  typeof value === 'number' ? value : typeof value === 'string' ? value : ''

export const metricsDoor: Door = {
  name: 'metrics',
  method: 'GET',
  paths: ['/metrics'],
  answer: guarded(async (_call, { store, config, metrics }) => {
    // What waits for a destination that the operator has taken out is nothing to be warned of.
    const queued = `(SELECT count(*) FROM forwards JOIN ${store.dialect.each} ON e.value->>'name' = target`
    const names = JSON.stringify(config.forwards.map(({ name }) => ({ name })))
    const asked = await store.run([
      {
        sql: `SELECT (SELECT count(*) FROM limits) AS limits, (SELECT count(*) FROM deletions) AS deletions,
          ${queued}) AS forwards, ${queued} WHERE tries > 0) AS late,
          (SELECT made FROM documents WHERE name = '${trendsDocument}') AS made`,
        values: [names, names],
      },
    ])
    const row = asked.ok ? asked.value[0]?.[0] : undefined
    const text = metrics.text([
      { name: 'store_up', help: 'Whether the store answers.', value: asked.ok ? 1 : 0 },
      { name: 'limits', help: 'Counters of limits that are kept.', value: numberIn(row, 'limits') },
      { name: 'deletions', help: 'Marks of deletions that are kept.', value: numberIn(row, 'deletions') },
      { name: 'forwards_waiting', help: 'What is still to be forwarded.', value: numberIn(row, 'forwards') },
      {
        name: 'trends_renewed_seconds',
        help: 'When the nightly run last came to its end, since 1970; 0 is never.',
        value: Math.floor(numberIn(row, 'made') / 1000),
      },
      { name: 'forwards_failed', help: 'Of it, what was tried in vain.', value: numberIn(row, 'late') },
    ])
    return answer(text, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  }),
}
