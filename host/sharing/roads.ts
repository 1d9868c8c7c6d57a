// How requests travel to each destination: over HTTP, into a file, or onto the screen of whoever runs the program.
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { printTo } from '../../senders/console.ts'
import { fail, ok } from '../../shared/result.ts'
import { askHttp, carryHttp } from './carry.ts'
import type { Trust } from './carry.ts'
import type { SetDestination } from './destinations.ts'
import { carryToFile } from './report-file.ts'
import type { SharingDeps } from './run.ts'

export function makeRoads(print: (text: string) => void): Pick<SharingDeps, 'carry' | 'ask'> {
  const printed = printTo(print)
  return {
    carry: ({ name }, destination) => {
      if (name === 'file') return carryToFile
      if (name === 'console') return async (sealed) => ok(await printed(sealed))
      return async (sealed, signal) => {
        const trust = await trustOf(destination)
        return trust === null ? untrusted : carryHttp(trust)(sealed, signal)
      }
    },
    ask: (destination) => async (address, signal, longest) => {
      const trust = destination === null ? {} : await trustOf(destination)
      return trust === null ? untrusted : askHttp(trust)(address, signal, longest)
    },
  }
}

const untrusted = fail({ why: 'authority', reached: false, detail: 'no certificate could be read' } as const)

/** Null where the file of an authority of one's own can't be read, or holds no certificate: then nobody is believed. */
async function trustOf({ told }: SetDestination): Promise<Trust | null> {
  const { authority, pin } = told
  const pinned = pin === undefined ? {} : { pin }
  if (authority === undefined) return pinned
  try {
    const pem = await readFile(authority, 'utf8')
    new X509Certificate(pem)
    return { ...pinned, authority: pem }
  } catch {
    return null
  }
}
