// Where reports may go: https, or plain http to a server on this same machine. What else an address can hold (a
// name and password, a fragment) is refused before anything is asked of the network.
import type { AddressFault, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'

export function checkAddress(text: string): Result<URL, AddressFault> {
  const url = URL.parse(text.trim())
  if (url === null || url.hostname === '') return fail('not-an-address')
  if (url.username !== '' || url.password !== '') return fail('user-info')
  if (url.hash !== '') return fail('fragment')
  if (url.protocol === 'https:') return ok(url)
  return url.protocol === 'http:' && isThisMachine(url.hostname) ? ok(url) : fail('not-https')
}

/** Of a question that is the same whoever asks it: nothing goes along behind a `?`. */
export function checkPlainAddress(text: string): Result<URL, AddressFault> {
  const checked = checkAddress(text)
  return checked.ok && checked.value.search !== '' ? fail('query') : checked
}

/** As URL writes hosts: 127.1 and 0x7f000001 have become 127.0.0.1 already. */
const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
