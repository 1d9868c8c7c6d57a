// A name for a file that is saved. Parts of it come from a stranger's file: nothing of it may lead into another
// folder, mean a device, or look like another kind of file than it is.
import { oneLine } from './viewer/draw/drawing.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
/** In bytes; disks allow 255, and a draft's name is longer than its file's. */
const longest = 180

/** `end` is the extension: `svg`. */
export function fileName(said: string, end: string): string {
  const plain = plainName(said)
  return `${plain === '' ? 'sightglass' : plain}.${end}`
}

/** Whether a name that somebody typed can be taken as it is. */
export const isFileName = (name: string): boolean => name !== '' && plainName(name) === name

function plainName(said: string): string {
  const plain = oneLine(said)
    .replace(/[\\/:*?"<>|\0]+/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
  let bytes = 0
  const letters = Array.from(graphemes.segment(plain), ({ segment }) => segment)
  const short = letters
    .filter((letter) => (bytes += bytesOf(letter)) <= longest)
    .join('')
    .trimEnd()
  return `${devices.test(short) ? '_' : ''}${short}`
}

/** In UTF-8. */
const bytesOf = (letter: string): number => encodeURIComponent(letter).replace(/%../g, '.').length
