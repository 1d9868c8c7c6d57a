import { resolve } from 'node:path'
import type { EraseItem } from '../../../shared/erase.ts'
import { ok } from '../../../shared/result.ts'
import { flag, optional, told } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawProof } from '../draw-erase.ts'
import * as figures from '../figures.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.erase
const calls = ['erase.receipts', 'erase.verify', 'erase.pending', 'erase.finish'] as const

export const verifyErased = defineCommand({
  operands: [optional('RECEIPT|FILE'), optional('COPY')],
  options: {
    last: flag(words.verify.last),
    finish: flag(words.verify.finish),
    json: flag(words.verify.json),
  },
  examples: [
    'sightglass verify-erased',
    'sightglass verify-erased --last',
    'sightglass verify-erased telemetry.db',
    'sightglass verify-erased telemetry.db-2026-11-20T174500-1c0af6.receipt copy.db',
  ],
  calls,
  async run(context, given) {
    const { bridge, folder, signal, out, explain } = context
    const asJson = given.flag('json')
    if (given.flag('finish')) return finishAll(context, asJson)
    const operand = given.operand('RECEIPT|FILE')
    const named = operand === null ? null : resolve(folder, operand)
    const receipts = await bridge.call('erase.receipts', {})
    if (!receipts.ok) return receipts
    if (named === null && !given.flag('last')) {
      const line = (receipt: string, when: number, rows: number, path: string): string =>
        `${words.receiptOf(figures.moment(when, context.zone, 'minute'), rows, clean(path))}\n  ${clean(receipt)}\n`
      const lines = receipts.value.map(({ receipt, erased, rows, path }) => line(receipt, erased, rows, path))
      if (asJson) out.write(`${cleanJson(receipts.value)}\n`)
      else out.write(lines.length === 0 ? `${words.noReceipts}\n` : lines.join(''))
      return ok(0)
    }
    const [newest] = receipts.value.filter(({ path }) => named === null || path === named)
    const receipt = newest?.receipt ?? named
    if (receipt === null) return told(words.noReceipts)
    const other = given.operand('COPY')
    const path = other === null ? null : resolve(folder, other)
    const hear = (item: EraseItem): void => {
      if (item.type === 'step') explain(words.steps[item.step])
    }
    const verified = await bridge.stream('erase.verify', { receipt, path }, hear, signal)
    if (!verified.ok) return verified
    out.write(asJson ? `${cleanJson(verified.value)}\n` : `${drawProof(verified.value.proof).join('\n')}\n`)
    return ok(verified.value.proof.found > 0 ? 1 : 0)
  },
})

async function finishAll(
  { bridge, out, signal }: Context<(typeof calls)[number]>,
  asJson: boolean,
): Promise<Ending> {
  const pending = await bridge.call('erase.pending', {})
  if (!pending.ok) return pending
  const done = []
  for (const path of new Set(pending.value.map((one) => one.path))) {
    const finished = await bridge.stream('erase.finish', { path }, () => {}, signal)
    if (!finished.ok) return finished
    done.push(finished.value)
  }
  const lines = done.map(({ path, remains }) =>
    remains === null
      ? words.finished(clean(path))
      : words.unfinished(clean(path), figures.bytes(remains.bytes), words.remains[remains.why]),
  )
  if (asJson) out.write(`${cleanJson(done)}\n`)
  else out.write(`${lines.length === 0 ? words.noPending : lines.join('\n')}\n`)
  return ok(0)
}
