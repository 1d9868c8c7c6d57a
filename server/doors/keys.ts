import { answer } from '../door.ts'
import type { Door } from '../door.ts'

/** What receipts are checked with, newest first. */
export const keys: Door = {
  name: 'keys',
  method: 'GET',
  paths: ['/.well-known/sightglass-keys'],
  answer: (_call, { signer }) =>
    Promise.resolve(answer({ keys: signer.published }, { 'cache-control': 'public, max-age=3600' })),
}
