// Whom to count together without knowing who it is: an address is cut to its network and hashed under a key that
// exists for one day. The key lies apart from the store and is destroyed within 48 hours; after that not even trying
// all networks tells which one a key of the store stood for. Addresses themselves are in no row, log or message.

/** Hashes a text under a key, HMAC-SHA-256, in hex. */
export type DayKey = (told: string) => string | Promise<string>

/** Keeps the keys of today, and of tomorrow where they must be made ahead. */
export interface DayKeys {
  /** The key of a UTC day, made at its first use. */
  keyOf(day: string): Promise<DayKey>
  /** Destroys those of days that are over. */
  tidy(today: string): Promise<void>
}

/** Null where the address is not known. Two that are about different things can't be told to be of one network. */
export async function networkKey(
  keys: DayKeys,
  address: string | null,
  day: string,
  about = '',
): Promise<string | null> {
  if (address === null) return null
  const key = await keys.keyOf(day)
  return (await key(`${networkOf(address)} ${about}`)).slice(0, 32)
}

export async function importDayKey(bytes: BufferSource): Promise<DayKey> {
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return async (told) =>
    hexOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(told))))
}

export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The first 24 bits of an IPv4 address, the first 48 of an IPv6 one. What is neither stands for itself. */
function networkOf(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain)) return plain.split('.').slice(0, 3).join('.')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const wanted = tail === undefined ? groups : [...groups, ...Array<string>(8).fill('0')]
  return wanted
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/**
 * The sender's address: the socket's, unless that is a proxy we were told to trust. Then it is the last entry of its
 * X-Forwarded-For that no such proxy has written; what stands before it anybody may have made up.
 */
export function addressBehind(
  socket: string | null,
  forwarded: string | null,
  trusted: readonly string[],
): string | null {
  if (socket === null || !isTrusted(socket, trusted)) return socket
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim())
  return hops.findLast((hop) => hop !== '' && !isTrusted(hop, trusted)) ?? socket
}

const isTrusted = (address: string, trusted: readonly string[]): boolean =>
  trusted.includes(address.replace(/^::ffff:(?=\d+\.)/i, ''))
