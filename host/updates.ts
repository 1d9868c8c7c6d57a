// Asks for the newest version, when a person presses for it: one request to the address that they were shown, the same
// from everybody, with no version, id or body. Nothing is fetched by it but two words, and nothing is installed.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { isNewer, largestRelease, readRelease } from '../shared/releases.ts'
import type { Updates } from '../shared/releases.ts'
import { checkPlainAddress } from './sharing/address.ts'
import { askHttp } from './sharing/carry.ts'
import { whyNot } from './sharing/probe.ts'

export async function checkForUpdates(address: string, own: string): Promise<Result<Updates>> {
  const checked = checkPlainAddress(address)
  if (!checked.ok) return fail({ kind: 'bad-address', need: 'address', why: checked.error })
  const answer = await askHttp()(address, new AbortController().signal, largestRelease + 1)
  if (!answer.ok) {
    const { is, detail } = whyNot(answer.error)
    return fail({ kind: 'release-unreached', address, why: is, detail })
  }
  const { status, body } = answer.value
  if (status !== 200) return fail({ kind: 'release-not-given', address, status })
  const read = readRelease(body, address)
  if (!read.ok) return fail({ kind: 'release-refused', address, fault: read.error })
  return ok({ own, newer: isNewer(read.value.version, own) ? read.value : null })
}
