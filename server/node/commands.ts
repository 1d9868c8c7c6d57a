// What whoever runs a server can do with its folder by hand, one line each.
import { existsSync } from 'node:fs'
import { server as words } from '../../shared/words/en-server.ts'
import type { Config } from '../config.ts'
import { carryOut } from '../forget.ts'
import { deletionOfId } from '../forget-id.ts'
import { anonymousIdOf } from '../kept.ts'
import { listLimits, resetLimits } from '../limits.ts'
import { makeKeys } from '../receipts.ts'
import type { Store } from '../store.ts'
import { createTotals } from '../totals.ts'
import { backUp, restore } from './backup.ts'
import { exportFormats, exportStore, importStore } from './exchange.ts'
import { Explained, tellOf } from './explained.ts'
import { giveToOwner } from './files.ts'
import { journalIn } from './journal.ts'
import { emptyLog, given, nightly, openStore } from './place.ts'
import type { Place } from './place.ts'
import { queryStore } from './query.ts'
import { rotateKeys } from './signing.ts'

export interface Surroundings {
  readonly place: Place
  readonly config: Config
  readonly clock: () => number
}

interface Command {
  readonly words: readonly string[]
  /** Shown in the list of commands: what comes after its words. */
  readonly takes?: string
  /** It may begin a folder. With any other a folder without a store is a mistake: an empty one would answer well. */
  readonly begins?: true
  run(rest: readonly string[], surroundings: Surroundings): Promise<string>
}

export const commands: readonly Command[] = [
  {
    words: ['nightly'],
    begins: true,
    run: (_rest, surroundings) =>
      withStore(surroundings, async (store) => {
        await nightly({ ...surroundings, store, stopped: () => false }, surroundings.place)
        return words.done
      }),
  },
  {
    words: ['keys', 'rotate'],
    run: async (_rest, { place, clock }) => {
      const [newest] = (await rotateKeys(place.signingKeys, clock())).published
      return words.rotated(newest?.id ?? '')
    },
  },
  {
    words: ['keys', 'make'],
    begins: true,
    run: async (_rest, { clock }) => JSON.stringify(await makeKeys(clock())),
  },
  {
    words: ['limits', 'list'],
    run: (_rest, surroundings) =>
      withStore(surroundings, async (store) => {
        const limits = given(await listLimits(store, surroundings.clock()))
        if (limits.length === 0) return words.noLimits
        return limits.map(({ name, used, most }) => `${used} of ${most}\t${name}`).join('\n')
      }),
  },
  {
    words: ['limits', 'reset'],
    takes: 'NAME',
    run: ([begin], surroundings) =>
      withStore(surroundings, async (store) =>
        words.reset(given(await resetLimits(store, needed(begin, 'NAME')))),
      ),
  },
  {
    words: ['backup'],
    takes: 'FILE',
    run: async ([path], { place }) => {
      await backUp(place, needed(path, 'FILE'))
      return words.done
    },
  },
  {
    words: ['restore'],
    takes: 'FILE',
    begins: true,
    run: async ([path], { place, clock }) => {
      await restore(place, needed(path, 'FILE'), clock())
      return words.done
    },
  },
  {
    words: ['export'],
    takes: `FILE.${exportFormats.join('|')}`,
    run: ([path], surroundings) =>
      withStore(surroundings, async (store) => {
        await exportStore(store, needed(path, 'FILE'))
        return words.done
      }),
  },
  {
    words: ['import'],
    takes: 'FILE.jsonl|sql',
    begins: true,
    run: ([path], surroundings) =>
      withStore(surroundings, async (store) =>
        words.imported(await importStore(store, needed(path, 'FILE'))),
      ),
  },
  {
    words: ['query'],
    takes: 'SQL',
    run: async ([sql], { place }) => JSON.stringify(await queryStore(place, needed(sql, 'SQL')), null, 1),
  },
  {
    words: ['forget'],
    takes: 'ANONYMOUS-ID',
    run: ([id], surroundings) =>
      withStore(surroundings, async (store) => {
        const { place, clock } = surroundings
        const known = anonymousIdOf(needed(id, 'ANONYMOUS-ID'))
        if (known === null) throw new Explained(words.badId)
        const now = clock()
        const journal = journalIn(place.journal)
        const gone = given(await carryOut(deletionOfId(known, null, now), { journal, store }))
        const totals = createTotals() // the month's report tells of it
        totals.count('forget-id', 'deleted', now, gone)
        await totals.flush(store)
        emptyLog(place)
        return words.forgotten(gone)
      }),
  },
]

function needed(given: string | undefined, name: string): string {
  if (given === undefined || given === '') throw new Explained(words.missing(name))
  return given
}

const listed = commands
  .map(({ words: own, takes = '' }) => `  ${[...own, takes].join(' ').trim()}`)
  .join('\n')
export const usage = words.usage(listed)

/** Says why where one can't be carried out, and leaves nothing in the folder that its server couldn't read. */
export async function runCommand(asked: readonly string[], surroundings: Surroundings): Promise<void> {
  try {
    console.log(await carryOutCommand(asked, surroundings))
  } catch (error) {
    console.error(words.notDone(asked[0] ?? '', tellOf(error)))
    process.exitCode = 1
  } finally {
    giveToOwner(surroundings.place.data)
  }
}

/** Its answer. */
export async function carryOutCommand(asked: readonly string[], surroundings: Surroundings): Promise<string> {
  const { place } = surroundings
  const command = commands.find(({ words: own }) => own.every((word, index) => asked[index] === word))
  if (command === undefined) throw new Explained(words.noCommand(asked.join(' '), listed))
  const isEmpty = place.databaseUrl === null && ![place.store, place.signingKeys].some(existsSync)
  if (isEmpty && command.begins !== true) throw new Explained(words.noServerIn(place.data))
  return command.run(asked.slice(command.words.length), surroundings)
}

async function withStore<T>({ place }: Surroundings, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
