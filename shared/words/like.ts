/** What another language must have: the same entries, each with its own text. */
export type Like<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => Like<Said>
    : { [K in keyof T]: Like<T[K]> }
