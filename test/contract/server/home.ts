// A home of the community server, as the suite knows it: the real program or the real bundle, in a process of its own,
// with the engine it has when somebody runs it. The suite speaks HTTP to it, and SQL to its store.
export interface Home {
  readonly name: string
  /** A fresh one, with an empty store. */
  start(environment?: Readonly<Record<string, string>>): Promise<RunningHome>
}

export interface RunningHome {
  /** Changes when it is started again. */
  readonly address: string
  /** How long its engine's own recovery can bring back what was deleted, as it must say; undefined: it says nothing. */
  readonly daysRecoverable: number | undefined
  /** What stands in the store at this moment, seen from outside; `?` for values. */
  query(sql: string, ...values: (string | number)[]): Promise<Record<string, unknown>[]>
  /** Ends it and its engine in the middle of whatever they do, and starts both again on what is left. */
  crash(): Promise<void>
  /** Lets pass what lies between two rounds of forwarding. */
  forward(): Promise<void>
  /** Carries out the nightly run, and waits for its end. */
  nightly(): Promise<void>
  /** All bytes it has on disk, and all it said. */
  traces(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
  stop(): Promise<void>
}
