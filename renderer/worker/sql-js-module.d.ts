// The part of sql.js we use, as its 1.16 source has it: the published types lack the options of `get`.
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
    prepare(sql: string): Statement
    exec(sql: string): unknown
    close(): void
  }
  export interface SqlJs {
    Database: new (image?: object) => Database
  }
  export default function initSqlJs(options: { locateFile: () => string }): Promise<SqlJs>
}
