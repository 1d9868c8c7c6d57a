/** One JSON value a line, each line ended; given out in chunks so that a long list is never one string. */
export function* jsonLines(rows: Iterable<unknown>, chunkLength = 65_536): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    chunk += `${JSON.stringify(row)}\n`
    if (chunk.length >= chunkLength) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}
