// The community's trends: fetched from the address that a person was shown, or read from a file that somebody saved; and
// one's own values beside them, which are worked out here. The request is the same whoever makes it: it has no body, no
// id, no key, and says nothing of what lies on this machine.
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Handlers } from '../../shared/bridge.ts'
import { ownTables } from '../../shared/community/own.ts'
import { largestTrends, readTrends } from '../../shared/community/trends.ts'
import type { Trends } from '../../shared/community/trends.ts'
import { dayOf } from '../../shared/sharing/report.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { dayName } from '../../shared/viewer/zone.ts'
import { explainPath } from '../file/look.ts'
import { checkPlainAddress } from './address.ts'
import { whyNot } from './probe.ts'
import type { Sharing } from './run.ts'

type Named = 'community.trends' | 'community.own'

export const communityHandlers = (sharing: Sharing): Pick<Handlers, Named> => ({
  'community.trends': ({ from }) =>
    'path' in from ? readSaved(resolve(from.path)) : fetchTrends(sharing, from.address),
  'community.own': async ({ path, weeks }, send, signal) => {
    const { count, version, platform } = sharing.deps
    const paths = path === null ? await sharing.ticked.read() : [resolve(path)]
    if (paths.length === 0) return fail({ kind: 'nothing-to-share' })
    const days = [...new Set(weeks.flatMap(({ from, to }) => daysWithin(from, to)))].sort()
    const counted = await count({ paths, days, evenSamples: path !== null, examplesFor: null }, send, signal)
    if (!counted.ok) return counted
    const { figures, files, fault } = counted.value
    if (fault !== null) return fail(fault)
    return ok({
      isSample: files.some(({ isSample }) => isSample),
      weeks: weeks.map(({ name, from, to }) => {
        const its = figures.filter(({ day }) => from <= day && day <= to)
        return { name, tables: ownTables(its, { version, platform }) }
      }),
    })
  },
})

function daysWithin(from: string, to: string): string[] {
  const first = dayOf(from)
  return Array.from({ length: Math.max(0, dayOf(to) - first + 1) }, (_, i) => dayName(first + i))
}

async function fetchTrends({ deps, destinations }: Sharing, address: string): Promise<Result<Trends>> {
  const checked = checkPlainAddress(address)
  if (!checked.ok) return fail({ kind: 'bad-address', need: 'address', why: checked.error })
  const { origin } = checked.value
  // A server of one's own may have an authority of its own: who is asked is believed as for sharing with it.
  const set = (await destinations.list()).find(
    ({ told }) => URL.parse(told['address'] ?? '')?.origin === origin,
  )
  const answer = await deps.ask(set ?? null)(address, new AbortController().signal, largestTrends + 1)
  if (!answer.ok) {
    const { is, detail } = whyNot(answer.error)
    return fail({ kind: 'trends-unreached', address, why: is, detail })
  }
  const { status, body } = answer.value
  return status === 200 ? readText(body) : fail({ kind: 'trends-not-given', address, status })
}

async function readSaved(path: string): Promise<Result<Trends>> {
  let file
  try {
    file = await open(path)
  } catch (error) {
    return fail(explainPath(error, path))
  }
  try {
    const found = await file.stat()
    if (found.isDirectory()) return fail({ kind: 'file-is-folder', path })
    if (!found.isFile()) return fail({ kind: 'file-is-special', path })
    if (found.size > largestTrends) return fail({ kind: 'trends-refused', fault: 'too-large', where: '' })
    return readText(await file.readFile('utf8'))
  } finally {
    await file.close()
  }
}

function readText(text: string): Result<Trends> {
  const read = readTrends(text)
  return read.ok ? read : fail({ kind: 'trends-refused', ...read.error })
}
