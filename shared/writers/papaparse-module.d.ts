// The part of Papa Parse we use. Its published types bring all of Node's with them, which this room may not know.
declare module 'papaparse' {
  const papa: {
    unparse(rows: readonly (readonly unknown[])[], options: { readonly newline: string }): string
  }
  export default papa
}
