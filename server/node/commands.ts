// What whoever runs a server can do with its folder by hand, one line each.
import { server as words } from '../../shared/words/en-server.ts'
import type { Config } from '../config.ts'
import { deleteOnProof } from '../forget.ts'
import { deletionOfId } from '../forget-id.ts'
import { listLimits, resetLimits } from '../limits.ts'
import { makeKeys } from '../receipts.ts'
import type { Store } from '../store.ts'
import { backUp, restore } from './backup.ts'
import { exportFormats, exportStore, importStore } from './exchange.ts'
import { journalIn } from './journal.ts'
import { nightly, openStore } from './place.ts'
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
  run(rest: readonly string[], surroundings: Surroundings): Promise<string>
}

export const commands: readonly Command[] = [
  {
    words: ['nightly'],
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
    run: async (_rest, { clock }) => JSON.stringify(await makeKeys(clock())),
  },
  {
    words: ['limits', 'list'],
    run: (_rest, surroundings) =>
      withStore(surroundings, async (store) => {
        const limits = await listLimits(store, surroundings.clock())
        if (!limits.ok) throw new Error(words.unavailable)
        return limits.value.map(({ name, used, most }) => `${used} of ${most}\t${name}`).join('\n')
      }),
  },
  {
    words: ['limits', 'reset'],
    takes: 'NAME',
    run: ([begin = ''], surroundings) =>
      withStore(surroundings, async (store) => {
        const reset = await resetLimits(store, begin)
        if (!reset.ok) throw new Error(words.unavailable)
        return words.reset(reset.value)
      }),
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
        const file = needed(path, 'FILE')
        await exportStore(store, file, exportFormats.find((one) => file.endsWith(`.${one}`)) ?? 'jsonl')
        return words.done
      }),
  },
  {
    words: ['import'],
    takes: 'FILE.jsonl',
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
        const deletion = deletionOfId(needed(id, 'ANONYMOUS-ID').toLowerCase(), null, clock())
        await journalIn(place.journal).note(deletion)
        const gone = await deleteOnProof(store, [deletion])
        if (!gone.ok) throw new Error(words.unavailable)
        return words.forgotten(gone.value)
      }),
  },
]

function needed(given: string | undefined, name: string): string {
  if (given === undefined || given === '') throw new Error(words.missing(name))
  return given
}

export async function runCommand(given: readonly string[], surroundings: Surroundings): Promise<void> {
  const command = commands.find(({ words: own }) => own.every((word, index) => given[index] === word))
  if (command === undefined) {
    const list = commands.map(({ words: own, takes = '' }) => `  ${[...own, takes].join(' ').trim()}`)
    throw new Error(words.noCommand(given.join(' '), list.join('\n')))
  }
  console.log(await command.run(given.slice(command.words.length), surroundings))
}

async function withStore<T>({ place }: Surroundings, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
