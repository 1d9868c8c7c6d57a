// What stands in for Electron's runtime and for the tools that electron-builder would fetch: enough to be packed.
// The program is a small file that carries the fuse wire, as Electron comes with it.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Marks the wire inside the program; the version and the number of fuses follow. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const off = '0'
const on = '1'

/** Of nine fuses, each the other way round than it should be unless told otherwise. */
export function programWithFuses(states = `${on}${off}${on}${on}${off}${off}${on}${on}${off}`): Buffer {
  const wire = Buffer.from([1, states.length, ...Buffer.from(states)])
  return Buffer.concat([Buffer.alloc(5000, 'a'), Buffer.from(sentinel), wire, Buffer.alloc(500, 'z')])
}

export function writeRuntime(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const language of ['de', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${language}.pak`), '')
  writeFileSync(join(folder, 'chrome-sandbox'), '')
  writeFileSync(join(folder, 'electron'), programWithFuses(), { mode: 0o755 })
}

/** An `fpm` that makes no package but keeps what one would be made of: its arguments, and the files they name. */
export function writeFpm(folder: string, kept: string): void {
  mkdirSync(folder, { recursive: true })
  mkdirSync(kept, { recursive: true })
  const path = join(folder, 'fpm')
  writeFileSync(
    path,
    `#!/bin/sh
for word; do
  printf '%s\\n' "$word" >> '${kept}/arguments'
  case $word in
    */applications/*.desktop) cp "\${word%%=*}" '${kept}/desktop' ;;
    *.deb) : > "$word" ;;
  esac
  case $before in --after-install) cp "$word" '${kept}/after-install' ;; esac
  before=$word
done
`,
  )
  chmodSync(path, 0o755)
}
