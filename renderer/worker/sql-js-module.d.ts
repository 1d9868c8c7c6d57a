// The part of sql.js we use, as its 1.16 source has it: the published types lack the options of `get`, and the C
// functions that the module has by their own names.
declare module 'sql.js/dist/sql-wasm-browser.js' {
  export type SqlJsCell = null | number | bigint | string | Uint8Array
  export interface Statement {
    bind(values: readonly unknown[]): boolean
    step(): boolean
    get(parameters: null, options: { useBigInt: boolean }): SqlJsCell[]
    run(values: readonly unknown[]): void
    free(): boolean
  }
  export interface Database {
    /** SQLite's handle; not documented. */
    readonly db?: unknown
    prepare(sql: string): Statement
    exec(sql: string): unknown
    close(): void
  }
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- with an import of its own this file declared no module
  export type SqlJs = import('./raw-statement.ts').SqliteFunctions & {
    Database: new (image?: object) => Database
  }
  type Receive = (instance: WebAssembly.Instance) => void
  export default function initSqlJs(options: {
    instantiateWasm: (imports: WebAssembly.Imports, receive: Receive) => object
  }): Promise<SqlJs>
}
