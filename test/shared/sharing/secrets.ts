// Five hundred secrets such as stand in telemetry, in every clothing, and a search for all of them at once: by the
// last four characters a place is ruled out nearly always, by eight it is found.
import { createHash } from 'node:crypto'

const clothings: readonly ((plain: string) => readonly string[])[] = [
  (plain) => [plain],
  // Wherever in a longer text it began: what lies between the edges is the same at one of three places.
  (plain) => [0, 1, 2].map((shift) => base64From(plain, shift)),
  (plain) => [Buffer.from(plain).toString('hex')],
  (plain) => [encodeURIComponent(plain)],
  (plain) => [Buffer.from(plain, 'utf16le').toString('latin1')],
  (plain) => [Array.from(plain).reverse().join('')],
  (plain) => Array.from({ length: Math.floor(plain.length / 8) }, (_, i) => plain.slice(i * 8, i * 8 + 8)),
]

function base64From(plain: string, shift: number): string {
  const coded = Buffer.from('\0'.repeat(shift) + plain).toString('base64')
  return coded.slice(shift === 0 ? 0 : 4, -4)
}

export const secrets: readonly string[] = Array.from({ length: 500 }, (_, i) => {
  const hash = createHash('sha256').update(`secret ${i}`).digest('hex')
  const plain = [
    `sk-ant-api03-${hash.slice(0, 32)}`,
    `ada.${hash.slice(0, 12)}@${hash.slice(12, 20)}.example`,
    `/home/${hash.slice(0, 10)}/work/${hash.slice(10, 20)}.py`,
    `curl -u ada:${hash.slice(0, 14)} https://${hash.slice(14, 24)}.internal/`,
    `Ada ${hash.slice(0, 9)} von ${hash.slice(9, 18)}`,
  ][i % 5]
  return plain ?? hash
})

/** As it may stand in a file: plain, or coded already. */
export const planted: readonly string[] = secrets.map(
  (plain, i) => clothings[i % (clothings.length - 1)]?.(plain)[0] ?? plain,
)

const bits = 20
const mask = 2 ** bits - 1
const step = (hash: number, code: number): number => ((hash << 5) ^ code) & mask
const hashOf = (four: string): number =>
  Array.from(four).reduce((hash, one) => step(hash, one.charCodeAt(0)), 0)

const table = new Uint8Array(2 ** bits)
const patterns = new Map<string, string[]>()
/** Parts of them that are in no way secret: they would be found where nothing leaked. */
const common = /^(https:\/|sk-ant-a|pi03-|\.internal)/
for (const plain of secrets)
  for (const clothing of clothings)
    for (const pattern of clothing(plain)) {
      if (pattern.length < 8 || common.test(pattern.slice(0, 8))) continue
      const first = pattern.slice(0, 8)
      table[hashOf(first.slice(4))] = 1
      patterns.set(first, [...(patterns.get(first) ?? []), pattern])
    }

/** The secrets that stand in a text, in whichever clothing; JSON writes the zeros of UTF-16 out. */
export function leaksIn(written: string): string[] {
  const text = written.replaceAll('\\u0000', '\0')
  const found: string[] = []
  let hash = 0
  for (let at = 0; at < text.length; at++) {
    hash = step(hash, text.charCodeAt(at))
    if (table[hash] !== 1 || at < 7) continue
    for (const pattern of patterns.get(text.slice(at - 7, at + 1)) ?? [])
      if (text.startsWith(pattern, at - 7)) found.push(pattern)
  }
  return found
}
