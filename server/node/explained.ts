// Why the program can't go on, for whoever runs it. What they can mend is Explained, or the system's own word on a
// path or an address of theirs, and is told as it is. Of anything else, a bug, only its kind and its place in the code
// are told: its message may quote what was sent or what is stored, and logs hold nothing of that.

export class Explained extends Error {}

export function tellOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof Explained || 'syscall' in error) return error.message
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const places = (error.stack ?? '').replace(error.message, '').match(/^ {4}at .+$/gm) ?? []
  return [`${error.name}${code}`, ...places].join('\n')
}

/** What `work` refuses in an engine's words is told in ours with them: such words, said at a start, quote no row. */
export async function explaining<T>(work: () => Promise<T>, say: (why: string) => string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
    const first = errors[0]
    if (first instanceof Explained || !(first instanceof Error) || !('code' in first)) throw error
    throw new Explained(say(first.message))
  }
}
