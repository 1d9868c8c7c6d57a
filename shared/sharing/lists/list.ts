// The words that one format may share. A word that isn't here leaves the machine as `other`, whatever it says.

export interface List {
  readonly words: readonly string[]
  /** Where the words come from, for whoever wants to check them. */
  readonly source: string
  /** What is taken of a word before it is looked up: of a model its family, of a version its first two numbers. */
  readonly simplify?: (word: string) => string
}

export interface FormatLists {
  readonly kinds: List
  /** By the dimension's name in the format's own file. */
  readonly dimensions: Readonly<Record<string, List>>
  readonly versions: List
  /** The dimension that holds the tool's version; null where its files don't tell. */
  readonly versionFrom: string | null
}
