// Who may speak to the local web host at all, decided from the head of a request before anything else is looked
// at. A web page anywhere can make this machine's browser send requests here; what gives it away is the Host it
// believes in (DNS rebinding) and the Origin or Sec-Fetch-Site that the browser adds and no page can forge.
import type { IncomingMessage } from 'node:http'
import type { Words } from '../../shared/words/en.ts'

/** The sentence with which a request is refused, or null. */
export function refusal(
  request: IncomingMessage,
  origin: string,
  { refused }: Pick<Words['web'], 'refused'>,
): string | null {
  const { headers, headersDistinct, method = '', url = '' } = request
  const hosts = headersDistinct['host'] ?? []
  if (hosts.length !== 1 || `http://${hosts[0]}` !== origin || !url.startsWith('/')) return refused.host
  if (headers.upgrade !== undefined) return refused.upgrade
  const site = headers['sec-fetch-site']
  if (method === 'GET' || method === 'HEAD') {
    const ownReading = site === undefined || site === 'same-origin' || site === 'none'
    const byLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
    return ownReading || byLink ? null : refused.origin
  }
  if (site !== undefined && site !== 'same-origin') return refused.origin
  if (headers.origin !== origin && (headers.origin !== undefined || site === undefined)) return refused.origin
  if (method === 'OPTIONS') return refused.origin // a preflight: nobody but our own page has business here
  return isJson(headers['content-type']) ? null : refused.type
}

/** A form can't send this type without asking first, and the asking is refused. */
const isJson = (type = ''): boolean => /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type)
