import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import { DestinationName, PlanArgs } from '../../../shared/share.ts'
import { ofCertificates } from '../../../shared/share-destinations.ts'
import type { Destinations, KnownDestination, TestPlan, Tested } from '../../../shared/share-destinations.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { explain } from '../../../shared/words/explain.ts'
import { flag, misused, needed, optional, told as tell, value, values } from '../arguments.ts'
import type { Told } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { drawDestination, drawSealed } from '../draw-share.ts'
import { cli, speech } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.share
const { level: Level } = PlanArgs.entries

export const shareTo = defineCommand({
  operands: [optional('NAME'), optional('WHERE')],
  options: {
    set: values('NEED=TEXT', words.commands.to.set),
    level: value('LEVEL', words.commands.to.level),
    remove: flag(words.commands.to.remove),
    force: flag(words.commands.to.force),
    json: flag(words.commands.to.json),
  },
  examples: [
    'sightglass share to community https://sharing.example.org',
    'sightglass share to file /home/me/shared.jsonl',
    'sightglass share to posthog --set key=@posthog.key --level basic',
  ],
  calls: ['share.destinations', 'share.setDestination', 'share.removeDestination'],
  async run({ bridge, out, err, folder }, given) {
    const known = await bridge.call('share.destinations', {})
    if (!known.ok) return known
    const show = (destinations: Destinations, more: readonly string[] = []): void =>
      out.write(
        given.flag('json')
          ? `${cleanJson(destinations)}\n`
          : `${[...drawSet(destinations), ...more].join('\n')}\n`,
      )
    const named = given.operand('NAME')
    if (named === null) {
      show(known.value, drawKnown(known.value))
      return ok(0)
    }
    const name = safeParse(DestinationName, named)
    const one = known.value.known.find((destination) => destination.name === named)
    if (!name.success || one === undefined) return misused(sayUnknown(known.value))
    const level = safeParse(Level, given.value('level'))
    if (!level.success) return misused(cli.mistakes.oneOf('--level', Level.wrapped.options))
    const told = await readTold(one, given.operand('WHERE'), given.values('set'), folder)
    if (!told.ok) return told
    const isSealed = ({ sealed }: Destinations): boolean => sealed.some((key) => key.name === named)
    const givesKey = one.needs.some(
      ({ name: need, kind }) => kind === 'key' && Object.hasOwn(told.value, need),
    )
    if (isSealed(known.value) && givesKey && !given.flag('force') && !given.flag('remove'))
      return tell(words.sealedStays(named))
    const changed = given.flag('remove')
      ? await bridge.call('share.removeDestination', { name: name.output })
      : await bridge.call('share.setDestination', {
          name: name.output,
          told: told.value,
          level: level.output,
        })
    if (!changed.ok) return changed
    show(changed.value)
    if (isSealed(known.value) && !isSealed(changed.value)) err.write(`${words.sealedGone(named)}\n`)
    return ok(0)
  },
})

async function readTold(
  { needs, name }: KnownDestination,
  where: string | null,
  set: readonly string[],
  folder: string,
): Promise<Result<Record<string, string>, Told>> {
  const told: Record<string, string> = {}
  const place = needs.find(({ kind }) => kind === 'address' || kind === 'path')
  if (where !== null && place === undefined) return misused(cli.mistakes.tooMany('share to', where, name))
  if (where !== null && place !== undefined)
    told[place.name] = place.kind === 'path' ? resolve(folder, where) : where
  for (const one of set) {
    const [, need = '', text = ''] = /^([^=]+)=(.+)$/s.exec(one) ?? []
    if (need === '') return misused(cli.mistakes.needsValue('--set', 'NEED=TEXT'))
    const read = text.startsWith('@') ? await readKey(resolve(folder, text.slice(1))) : text
    if (read === null) return misused(cli.mistakes.needsValue('--set', 'NEED=@FILE'))
    told[need] = read
  }
  return ok(told)
}

/** A key on a command line stands in the shell's history: so it can come from a file. */
const readKey = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  )

const drawSet = ({ set, sealed }: Destinations): string[] => [
  ...(set.length === 0 ? [words.nowhere] : [words.to, ...set.flatMap(drawDestination)]),
  ...drawSealed(sealed),
]

function drawKnown({ known }: Destinations): string[] {
  const needs = ({ needs }: KnownDestination): string =>
    needs
      .filter(({ name }) => !ofCertificates.has(name))
      .map(({ name, optional }) => (optional ? `[${name}]` : name))
      .join(', ')
  const lines = known.map(
    (one) => `  ${one.needs.length === 0 ? one.name : words.needs(one.name, needs(one))}`,
  )
  return ['', words.known, ...lines, words.certificates]
}

const sayUnknown = ({ known }: Destinations): string =>
  explain({ kind: 'destination-unknown', known: known.map(({ name }) => name) }, speech.words)

export const shareTest = defineCommand({
  operands: [needed('NAME')],
  options: { yes: flag(words.commands.test.yes), json: flag(words.commands.test.json) },
  examples: ['sightglass share test community', 'sightglass share test community --yes'],
  calls: ['share.destinations', 'share.test'],
  async run({ bridge, out }, given) {
    const named = given.needed('NAME')
    const known = await bridge.call('share.destinations', {})
    if (!known.ok) return known
    const name = safeParse(DestinationName, named)
    if (!name.success || !known.value.known.some((one) => one.name === named))
      return misused(sayUnknown(known.value))
    const plan = await bridge.call('share.test', { name: name.output, address: null })
    if (!plan.ok) return plan
    const { address, how } = plan.value
    if (!given.flag('json')) out.write(`${saysBefore(plan.value)}\n`)
    const test = given.flag('yes') && how !== 'print'
    const tested = test ? await bridge.call('share.test', { name: name.output, address }) : plan
    if (!tested.ok) return tested
    const ending = test ? saysAfter(tested.value) : how === 'print' ? '' : words.test.how
    out.write(given.flag('json') ? `${cleanJson(tested.value)}\n` : ending === '' ? '' : `${ending}\n`)
    return ok('result' in tested.value && !good.has(tested.value.result.is) ? 1 : 0)
  },
})

const good: ReadonlySet<Tested['result']['is']> = new Set<Tested['result']['is']>(['reached', 'writable'])

const saysBefore = ({ how, address }: TestPlan): string =>
  how === 'print' ? words.test.print : words.test[how](clean(address))

function saysAfter(tested: TestPlan | Tested): string {
  if (!('result' in tested)) return ''
  const { result } = tested
  if (result.is === 'writable') return words.test.writable
  if (result.is === 'redirected') return words.test.redirected(result.status)
  if (result.is === 'reached') {
    const says = words.test.reached(result.status)
    return tested.address.startsWith('https:') ? `${says} ${words.test.proved}` : says
  }
  return words.test[result.is](clean(result.detail))
}
