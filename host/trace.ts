// What the program says of its own bugs. Messages quote paths and cells, so none of them is written anywhere.
import process from 'node:process'

/** Where it broke, without the message, which may be of several lines and look like anything. */
export function traceWithoutData(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { stack = '', message, name } = error
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n')
  return [name, ...frames.filter((line) => /^\s+at /.test(line))].join('\n')
}

/** A bug that nobody caught ends the process, as it would by itself, but Node would quote the message and the line. */
export function endWithoutData(): void {
  process.on('uncaughtException', (error) => {
    console.error(traceWithoutData(error))
    process.exit(1)
  })
}
