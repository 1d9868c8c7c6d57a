// Nouns with their numbers. The forms are those of Intl.PluralRules; the languages here know one and other.

/** A number that is written already, beside itself: the noun's form depends on it. */
export interface Count {
  readonly of: number
  readonly text: string
}

export interface Forms {
  readonly one: string
  readonly other: string
}

export function nounsIn(locale: string) {
  const rules = new Intl.PluralRules(locale)
  /** active days */
  const bare = (of: number, forms: Forms): string => (rules.select(of) === 'one' ? forms.one : forms.other)
  /** 12,840 events */
  const noun = (count: Count, forms: Forms): string => `${count.text} ${bare(count.of, forms)}`
  return { bare, noun }
}
