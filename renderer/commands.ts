// Everything the palette offers: each action and each place by its name. What is long, or follows from the file that
// is open, comes only when something is typed.
import { languages } from '../shared/words/language.ts'
import { keepReport } from './keep.ts'
import { keyOf, screenKeys } from './keys.ts'
import type { Action } from './keys.ts'
import { chooseValue, choicesOf } from './choose.ts'
import type { How } from './choose.ts'
import { comparisonOf, comparisonsOf, divisible } from './comparisons.ts'
import { lines, nothingChosen, presets } from './place.ts'
import type { Drawing } from './place.ts'
import type { Program } from './program.svelte.ts'
import { shownValue } from './veil.ts'

export type Group = 'go' | 'do' | 'period' | 'timeline' | 'filter' | 'open' | 'setting'

export interface Command {
  readonly group: Group
  readonly name: string
  readonly key?: string | null
  /** How many events have the value. */
  readonly count?: string
  /** Found by typing, too, but not shown. */
  readonly also?: string
  /** Listed without anything typed. */
  readonly first?: boolean
  run(how: How): void
}

/** What only the window can do: its focus, its dialogs. */
export interface Hand {
  act(action: Action): void
  copyLink(): void
}

/** So many values of the open file are looked through; a file may hold a million. */
const mostValues = 5000

export function commandsOf(program: Program, hand: Hand): Command[] {
  const isOpen = program.reader.overview !== null
  return [
    ...goTo(program, hand),
    ...actions(program, hand),
    ...files(program, hand),
    ...(isOpen ? [...periods(program), ...timeline(program)] : []),
    ...settings(program, hand),
    ...filters(program),
  ]
}

const goTo = (program: Program, hand: Hand): Command[] =>
  program.screens.map((screen) => ({
    group: 'go',
    name: program.words.screens[screen],
    key: screenKeys[screen],
    first: true,
    run: () => hand.act({ does: 'go', screen }),
  }))

function actions(program: Program, hand: Hand): Command[] {
  const words = program.words.palette
  const { reader, place } = program
  const charted = reader.overview !== null
  const chosen = choicesOf(place.chosen).length > 0
  const reading = reader.status === 'opening' || reader.status === 'reading'
  const all: (Command & { readonly when: boolean })[] = [
    {
      when: reading,
      group: 'do',
      name: words.cancel,
      run: () => reader.cancel(),
    },
    {
      when: charted,
      group: 'do',
      name: place.drawing.tables ? words.asCharts : words.asTables,
      key: keyOf('tables'),
      run: () => program.toggleTables(),
    },
    {
      when: charted,
      group: 'do',
      name: program.words.pictures.report,
      run: () => void keepReport(program),
    },
    {
      when: charted,
      group: 'do',
      name: program.words.exporting.button,
      key: keyOf('export'),
      run: () => hand.act({ does: 'export' }),
    },
    {
      when: charted && program.hosted,
      group: 'do',
      name: program.words.deleting.button,
      key: keyOf('delete'),
      run: () => hand.act({ does: 'delete' }),
    },
    {
      when: charted && place.screen === 'records',
      group: 'do',
      name: program.words.exporting.selectAll,
      run: () => program.records.selected.selectAll(),
    },
    {
      when: chosen,
      group: 'do',
      name: words.stepBack,
      key: program.words.keys.escapeKey,
      run: () => program.stepBack(),
    },
    { when: chosen, group: 'do', name: words.clear, run: () => program.choose(nothingChosen) },
    // A link into the desktop shell leads nowhere from outside it.
    { when: program.host.kind === 'web', group: 'do', name: words.copyLink, run: () => hand.copyLink() },
    {
      when: program.hosted,
      group: 'do',
      name: program.words.sharing.actions.log,
      key: keyOf('sent'),
      run: () => hand.act({ does: 'sent' }),
    },
    {
      when: true,
      group: 'do',
      name: words.keys,
      key: keyOf('help'),
      run: () => hand.act({ does: 'help' }),
    },
  ]
  return all.filter(({ when }) => when).map((command) => ({ ...command, first: true }))
}

function files(program: Program, hand: Hand): Command[] {
  const words = program.words.palette
  const known = [...(program.files.discovered ?? []), ...(program.files.recent ?? [])]
  const once = known.filter(
    ({ path, missing }, i) => !missing && known.findIndex((one) => one.path === path) === i,
  )
  return [
    {
      group: 'open',
      name: words.openFile,
      key: keyOf('open'),
      first: true,
      run: () => hand.act({ does: 'open' }),
    },
    ...once.map(({ path, tool, name }) => ({
      group: 'open' as const,
      name: tool ?? name,
      also: path,
      first: true,
      run: () => void program.open(path),
    })),
    { group: 'open', name: words.sample, first: true, run: () => void program.openSample() },
  ]
}

const periods = (program: Program): Command[] =>
  presets.map((period) => ({
    group: 'period',
    name: program.words.overview.periodNames[period],
    first: true,
    run: () => program.go({ period }),
  }))

function timeline(program: Program): Command[] {
  const words = program.words.palette
  const { overview } = program.reader
  if (overview === null) return []
  const { drawing } = program.place
  const { stack, line } = drawing
  const draw = (name: string, change: Partial<Drawing>, first = false): Command => ({
    group: 'timeline',
    name,
    first,
    run: () => program.draw(change),
  })
  const divided = divisible(overview)
    .filter(({ name }) => name !== stack)
    .map(({ name }) => draw(words.divide(program.words.dimension(name)), { stack: name }, true))
  const now = comparisonOf(drawing, overview, program.clock)
  const compared = [...comparisonsOf(overview, drawing, program.clock)]
    .filter(([how]) => how !== now)
    .map(([how, compare]) => draw(words.compare[how], { compare }))
  return [
    ...(stack === null ? [] : [draw(words.undivided, { stack: null }, true)]),
    ...divided,
    ...lines.filter((other) => other !== line).map((other) => draw(words.lines[other], { line: other })),
    ...compared,
  ]
}

/** To each value that the open file has. */
function filters(program: Program): Command[] {
  const words = program.words.palette
  const { overview } = program.reader
  if (overview === null) return []
  const { figures, kinds, dimensions } = overview
  const values = [kinds, ...dimensions].flatMap(({ name, bars }) =>
    bars.map(({ label, count }) => ({ name, label, count })),
  )
  const outcome = (failed: boolean, name: string): Command => ({
    group: 'filter',
    name,
    run: () => program.choose({ ...program.place.chosen, failed }),
  })
  return [
    ...(figures.failed === null ? [] : [outcome(true, words.failed), outcome(false, words.succeeded)]),
    ...values.slice(0, mostValues).map(({ name, label, count }) => ({
      group: 'filter' as const,
      name: words.value(program.words.dimension(name), shownValue(program, name, label)),
      count: program.numbers.short(count),
      run: (how: How) => program.choose(chooseValue(program.place.chosen, name, label, how)),
    })),
  ]
}

function settings(program: Program, hand: Hand): Command[] {
  const { palette, settings: words } = program.words
  const themes = (['system', 'light', 'dark'] as const).map((theme): Command => ({
    group: 'setting',
    name: palette.setting(words.theme.name, words.themes[theme]),
    run: () => void program.set({ theme }),
  }))
  const spoken = (['system', ...languages] as const).map((language): Command => ({
    group: 'setting',
    name: palette.setting(words.language.name, words.languages[language]),
    run: () => void program.set({ language }),
  }))
  const days = ([null, 1, 6, 7] as const).map((day): Command => ({
    group: 'setting',
    name: palette.setting(words.firstDayOfWeek.name, words.firstDays[day ?? 'language']),
    run: () => void program.set({ firstDayOfWeek: day }),
  }))
  const { letterKeys } = program.settings
  return [
    ...themes,
    ...spoken,
    ...days,
    {
      group: 'setting',
      name: letterKeys ? palette.letterKeysOff : palette.letterKeysOn,
      run: () => void program.set({ letterKeys: !letterKeys }),
    },
    {
      group: 'setting',
      name: program.settings.veil ? palette.veilOff : palette.veilOn,
      key: keyOf('veil'),
      run: () => program.toggleVeil(),
    },
    {
      group: 'setting',
      name: palette.settingsOf(words.timeZone.name),
      run: () => hand.act({ does: 'go', screen: 'settings', to: 'timeZone' }),
    },
    ...(program.hosted
      ? [
          {
            group: 'setting' as const,
            name: palette.settingsOf(words.updates.name),
            run: () => hand.act({ does: 'go', screen: 'settings', to: 'updates' }),
          },
        ]
      : []),
  ]
}
