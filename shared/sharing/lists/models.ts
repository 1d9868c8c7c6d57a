// Model names carry dates, sizes and, for one's own fine-tuned models, the name of a company. Only the family
// leaves: the first of these that the name begins with.

const families = [
  ['claude-opus', /^claude-(\d[\d.-]*-)?opus/],
  ['claude-sonnet', /^claude-(\d[\d.-]*-)?sonnet/],
  ['claude-haiku', /^claude-(\d[\d.-]*-)?haiku/],
  ['gpt-5-mini', /^gpt-5-(mini|nano)/],
  ['gpt-5', /^gpt-5/],
  ['gpt-4o', /^gpt-4o/],
  ['gpt-4', /^gpt-4/],
  ['gpt-3.5', /^gpt-3\.5/],
  ['o-series', /^o[1-9](-|$)/],
  ['gemini-pro', /^gemini-(\d[\d.-]*-)?pro/],
  ['gemini-flash', /^gemini-(\d[\d.-]*-)?flash/],
  ['deepseek', /^deepseek/],
  ['gemma', /^gemma/],
  ['grok', /^grok/],
  ['llama', /^(code)?llama/],
  ['mistral', /^(mistral|mixtral|ministral|codestral|devstral|magistral)/],
  ['phi', /^phi-?\d/],
  ['qwen', /^qwen/],
] as const

export const modelFamilies: readonly string[] = families.map(([family]) => family)

/** The name itself where it belongs to none; the list then makes `other` of it. */
export function modelFamily(name: string): string {
  const plain = name.toLowerCase().replace(/^.*\//, '') // "anthropic/claude-…", as routers write it
  return families.find(([, begins]) => begins.test(plain))?.[0] ?? name
}
