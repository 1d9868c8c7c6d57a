// What the formats name: dimensions and measures. They are called by one word that also stands in filters and in the
// address (`--where agent=planner`); here is what a person reads.

/** A dimension's heading. */
export const dimension = (name: string): string => {
  if (name === 'kind') return 'Kind of event'
  return name === 'os' ? 'Operating system' : name.charAt(0).toUpperCase() + name.slice(1)
}

/** A sum, beside its figure. */
export const measure = (name: string): string => name
