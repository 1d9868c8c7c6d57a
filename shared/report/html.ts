// Elements as text. Whatever comes in as a string is escaped; only what was made here goes in as it is.
import { escapeText } from '../viewer/draw/svg.ts'

export interface Html {
  readonly html: string
}
type Content = string | Html | readonly Content[]

export const raw = (html: string): Html => ({ html })

export function el(
  tag: string,
  attributes: Readonly<Record<string, string | true>>,
  ...content: readonly Content[]
): Html {
  const given = Object.entries(attributes).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}="${escapeText(value)}"`,
  )
  return raw(`<${tag}${given.join('')}>${content.map(textOf).join('')}</${tag}>`)
}

function textOf(content: Content): string {
  if (typeof content === 'string') return escapeText(content)
  return 'html' in content ? content.html : content.map(textOf).join('')
}
