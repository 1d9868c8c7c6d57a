// How the server does, as Prometheus reads it. Counted by door and status only: no id, no network, no address. It
// counts since this process, or at the edge this isolate, was started.

export interface Metrics {
  record(door: string, status: number, milliseconds: number): void
  text(more?: readonly Gauge[]): string
}

export interface Gauge {
  readonly name: string
  readonly help: string
  readonly value: number
}

/** Upper bounds in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const

interface Durations {
  readonly under: number[]
  sum: number
  n: number
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const durations = new Map<string, Durations>()
  return {
    record: (door, status, milliseconds) => {
      const labels = `door="${door}",status="${status}"`
      requests.set(labels, (requests.get(labels) ?? 0) + 1)
      const known = durations.get(door) ?? { under: bounds.map(() => 0), sum: 0, n: 0 }
      durations.set(door, known)
      const seconds = milliseconds / 1000
      for (const [index, bound] of bounds.entries())
        if (seconds <= bound) known.under[index] = (known.under[index] ?? 0) + 1
      known.sum += seconds
      known.n++
    },
    text: (more = []) =>
      [
        '# HELP sightglass_requests_total Requests answered.',
        '# TYPE sightglass_requests_total counter',
        ...[...requests].map(([labels, n]) => `sightglass_requests_total{${labels}} ${n}`),
        '# HELP sightglass_request_seconds How long answers took.',
        '# TYPE sightglass_request_seconds histogram',
        ...[...durations].flatMap(([door, taken]) => linesOf(door, taken)),
        ...more.flatMap(({ name, help, value }) => [
          `# HELP sightglass_${name} ${help}`,
          `# TYPE sightglass_${name} gauge`,
          `sightglass_${name} ${value}`,
        ]),
        '',
      ].join('\n'),
  }
}

const linesOf = (door: string, { under, sum, n }: Durations): string[] => [
  ...bounds.map((bound, index) => bucket(door, String(bound), under[index] ?? 0)),
  bucket(door, '+Inf', n),
  `sightglass_request_seconds_sum{door="${door}"} ${sum}`,
  `sightglass_request_seconds_count{door="${door}"} ${n}`,
]
const bucket = (door: string, bound: string, n: number): string =>
  `sightglass_request_seconds_bucket{door="${door}",le="${bound}"} ${n}`
