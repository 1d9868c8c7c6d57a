import { resolve } from 'node:path'
import type { RecognisedFile } from '../../../shared/bridge.ts'
import { Choice } from '../../../shared/formats/generic.ts'
import type { Recognition } from '../../../shared/formats/generic.ts'
import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { safeParse } from 'valibot'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { showProgress } from '../progress.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.recognise

export const recognise = defineCommand({
  operands: [needed('FILE')],
  options: {
    table: value('TABLE', words.table),
    time: value('COLUMN', words.time),
    encoding: value('ENCODING', words.encoding),
    categories: value('A,B,…', words.categories),
    measures: value('A,B,…', words.measures),
    guess: flag(words.guess),
    json: flag(words.json),
  },
  examples: [
    'sightglass recognise history.sqlite',
    'sightglass recognise history.sqlite --table visits --time visit_time --encoding webkit',
  ],
  calls: ['files.recognise', 'choices.get', 'choices.set'],
  async run(context, given) {
    const { bridge, out, folder, signal } = context
    const path = resolve(folder, given.needed('FILE'))
    const look = async () => {
      const progress = showProgress(context)
      const found = await bridge.stream('files.recognise', { path }, progress.show, signal)
      progress.end()
      return found
    }
    const found = await look()
    if (!found.ok) return found
    const { key, recognition } = found.value
    const wanted = {
      table: given.value('table'),
      time: given.value('time'),
      encoding: given.value('encoding'),
      categories: given.value('categories'),
      measures: given.value('measures'),
    }
    const corrects = Object.values(wanted).some((one) => one !== null)
    if (corrects || given.flag('guess')) {
      if (recognition === null) return misused(cli.mistakes.knownFormat(found.value.title))
      const choice = corrects ? correct(recognition, wanted) : null
      if (choice !== null && !choice.success) return misused(cli.mistakes.encoding(String(wanted.encoding)))
      const kept = await bridge.call('choices.set', { key, choice: choice?.output ?? null })
      if (!kept.ok) return kept
    }
    const now = corrects || given.flag('guess') ? await look() : found
    if (!now.ok) return now
    const known = await bridge.call('choices.get', {})
    if (!known.ok) return known
    const chosen = Object.hasOwn(known.value, key)
    out.write(given.flag('json') ? `${cleanJson({ ...now.value, chosen })}\n` : draw(now.value))
    return ok(0)
  },
})

type Wanted = { readonly [K in keyof Choice]: string | null }

function correct({ choice, alternatives }: Recognition, wanted: Wanted) {
  const table = wanted.table ?? choice.table
  const offered = alternatives.tables.find((one) => one.table === table)?.times ?? []
  const time = wanted.time ?? (table === choice.table ? choice.time : (offered[0]?.column ?? ''))
  const guessed = offered.find(({ column }) => column === time)?.encoding ?? choice.encoding
  const list = (text: string | null): string[] | null =>
    text?.split(',').filter((name) => name !== '') ?? null
  return safeParse(Choice, {
    table,
    time,
    encoding: wanted.encoding ?? guessed,
    categories: list(wanted.categories),
    measures: list(wanted.measures),
  })
}

function draw({ title, recognition }: RecognisedFile): string {
  const say = cli.recognise
  if (recognition === null) return `${say.known(clean(title))}\n`
  const { choice, confidence, alternatives } = recognition
  const others = alternatives.tables.flatMap(({ table, times }) =>
    times.map(({ column, encoding }) => `  ${clean(table)} · ${clean(column)} · ${encoding}`),
  )
  const lines = [
    say.guess(clean(choice.table), clean(choice.time), choice.encoding),
    say.confidence[confidence],
    ...(choice.categories?.length ? [say.categories(choice.categories.map(clean).join(', '))] : []),
    ...(choice.measures?.length ? [say.measures(choice.measures.map(clean).join(', '))] : []),
    ...(others.length > 1 ? ['', say.others, ...others] : []),
  ]
  return `${lines.join('\n')}\n`
}
