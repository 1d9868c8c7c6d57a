// What the formats name: dimensions and measures. They are called by one word that also stands in filters and in the
// address (`--where agent=planner`); here is what a person reads.

/** A dimension's heading. */
export const dimension = (name: string): string => {
  if (name === 'kind') return 'Kind of event'
  return name === 'os' ? 'Operating system' : name.charAt(0).toUpperCase() + name.slice(1)
}

/** Of exactly one; a measure is named by more. */
const singular: Readonly<Record<string, string>> = {
  exchanges: 'exchange',
  'input tokens': 'input token',
  matches: 'match',
  'output tokens': 'output token',
  sessions: 'session',
  tools: 'tool',
}

/** A sum, beside its figure. */
export const measure = (name: string, sum: number): string =>
  sum === 1 && Object.hasOwn(singular, name) ? (singular[name] ?? name) : name
