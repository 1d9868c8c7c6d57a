// Receipts against the project's own server: signed, pinned, and checked again by whoever reads the log. The server is
// the real one, with its keys in its folder; what is changed here is changed in the log's own file.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rotateKeys } from '../../../server/node/signing.ts'
import { SigningKeys, makeKeys } from '../../../server/receipts.ts'
import { Day } from '../../../shared/ids.ts'
import type { LogCheck } from '../../../shared/share-log.ts'
import { receipts } from '../../../shared/words/en-receipts.ts'
import { receiptLines } from '../../../shared/words/receipt-lines.ts'
import { good, hour, startLoop, watching } from './loop.ts'
import type { Loop } from './loop.ts'

let loop: Loop
beforeEach(async () => void (loop = await startLoop()))
afterEach(() => loop.end())

const check = (): Promise<LogCheck> => good(loop.host.handlers['share.verifyLog']({}))
const states = async (): Promise<string[]> => (await check()).receipts.map(({ state }) => state)

describe('a receipt', () => {
  it('is kept for each batch that arrived, and verified with a key that was pinned then', async () => {
    await loop.switchOn()
    await loop.shareFrom(2)
    const found = await check()
    expect(found).toMatchObject({ broken: null, receipts: [{ state: 'verified' }, { state: 'verified' }] })
    const published = (await (await fetch(`${loop.address}/.well-known/sightglass-keys`)).json()) as {
      keys: { id: string; key: string }[]
    }
    const [{ id, key } = { id: '', key: '' }] = published.keys
    expect(found.keys).toEqual([{ server: loop.address, accepted: [{ id, key }], refused: [] }])
  })

  it('that was taken away is missing, one that was changed is wrong, and either breaks the chain', async () => {
    await loop.switchOn()
    await loop.shareFrom(3)
    const answered = "json_extract(entry, '$.outcome') = 'delivered'"
    const one = (which: string) => `SELECT ${which}(seq) FROM log WHERE ${answered}`
    loop.change(
      `UPDATE log SET entry = json_set(entry, '$.told', '{"status":"ok"}') WHERE seq = (${one('min')})`,
    )
    const signed = (char: string) => `replace(json_extract(entry, '$.told'), '${char}', 'f')`
    loop.change(
      `UPDATE log SET entry = json_set(entry, '$.told', ${signed('received')}) WHERE seq = (${one('max')})`,
    )
    const { broken, receipts } = await check()
    expect(receipts.map(({ state, fault }) => [state, fault])).toEqual([
      ['missing', null],
      ['verified', null],
      ['wrong', 'signature'],
    ])
    expect(broken).toBe(receipts[0]?.entry)
  })

  it('of another report is wrong, however well it is signed', async () => {
    await loop.switchOn()
    await loop.shareFrom(2)
    const told = (which: string): string =>
      `SELECT json_extract(entry, '$.told') FROM log WHERE json_extract(entry, '$.outcome') = 'delivered' ORDER BY seq ${which} LIMIT 1`
    loop.change(
      `UPDATE log SET entry = json_set(entry, '$.told', (${told('DESC')}))
        WHERE seq = (SELECT min(seq) FROM log WHERE json_extract(entry, '$.outcome') = 'delivered')`,
    )
    expect((await check()).receipts.map(({ fault }) => fault)).toEqual(['batch', null])
  })

  it('whose attempt has other bytes is wrong about them', async () => {
    await loop.switchOn()
    await loop.shareFrom(1)
    loop.change(
      "UPDATE log SET entry = json_set(entry, '$.sha256', ?) WHERE json_extract(entry, '$.what') = 'attempt'",
      'f'.repeat(64),
    )
    expect((await check()).receipts).toMatchObject([{ state: 'wrong', fault: 'bytes' }])
  })
})

describe('a server’s key', () => {
  it('that the one before signed is believed; both verify what they signed', async () => {
    await loop.switchOn()
    await loop.shareFrom(1)
    await loop.serverAfter(() => rotateKeys(loop.place.signingKeys, loop.now))
    await loop.shareFrom(2)
    const { keys } = await check()
    expect(await states()).toEqual(['verified', 'verified'])
    expect(keys[0]?.accepted).toHaveLength(2)
    expect(keys[0]?.refused).toEqual([])
  })

  const forgeries: Readonly<Record<string, (own: SigningKeys) => object>> = {
    'that nobody vouches for': () => ({}),
    'that says the one before signed it, which it didn’t': ({ published: [before] }) => ({
      signed_by: { id: before?.id, signature: 'A'.repeat(86) },
    }),
    'that only has the name of the one before': ({ published: [before] }) => ({ id: before?.id }),
  }
  for (const [which, forge] of Object.entries(forgeries))
    it(`${which} is refused, shown, and its receipts with it`, async () => {
      await loop.switchOn()
      await loop.shareFrom(1)
      await serverAfterStrangeKey(forge)
      await loop.shareFrom(2)
      const found = await check()
      const isNamed = which.includes('name')
      expect(found.receipts.map(({ state, fault }) => [state, fault])).toEqual([
        ['verified', null],
        ['wrong', isNamed ? 'signature' : 'key'],
      ])
      expect(found.keys[0]?.accepted).toHaveLength(1)
      expect(found.keys[0]?.refused).toHaveLength(isNamed ? 0 : 1)
      const said = receiptLines(found, receipts, String).failed
      expect(said).toHaveLength(isNamed ? 1 : 2)
      expect(found.broken).toBe(null)
    })
})

/** A stranger's key, which says of itself what is given, in front of the server's own. */
async function serverAfterStrangeKey(forge: (own: SigningKeys) => object = () => ({})): Promise<void> {
  const own = parse(SigningKeys, JSON.parse(readFileSync(loop.place.signingKeys, 'utf8')))
  const strange = await makeKeys(loop.now)
  const published = [{ ...strange.published[0], ...forge(own) }, ...own.published]
  await loop.serverAfter(() =>
    writeFileSync(loop.place.signingKeys, JSON.stringify({ ...strange, published })),
  )
}

describe('a deletion', () => {
  it('is confirmed by its own signed receipt, and verified with the rest', async () => {
    await loop.switchOn()
    await loop.shareFrom(2)
    const [shared] = await good(loop.host.handlers['share.forget']({ to: null }))
    expect(shared).toMatchObject({ pending: 0, confirmed: 2 })
    const { receipts } = await check()
    expect(receipts.map(({ state, deletion }) => [state, deletion])).toEqual([
      ['verified', false],
      ['verified', false],
      ['verified', true],
      ['verified', true],
    ])
  })

  it('is of one report, or of a span of days, where that is wanted; the others stay', async () => {
    await loop.switchOn()
    await loop.shareFrom(3)
    const [all] = await good(loop.host.handlers['share.sent']({}))
    const [newest, , oldest] = all?.sent ?? []
    const which = { batches: [newest?.batch ?? ''] }
    const [one] = await good(loop.host.handlers['share.forget']({ to: 'community', which }))
    expect(one?.sent.map(({ deletion }) => deletion)).toEqual(['confirmed', 'none', 'none'])
    const day = parse(Day, oldest?.about[0]?.split(' ')[1])
    const span = { from: day, until: day }
    const [two] = await good(loop.host.handlers['share.forget']({ to: null, which: span }))
    expect(two?.sent.map(({ deletion }) => deletion)).toEqual(['confirmed', 'none', 'confirmed'])
  })

  it('whose receipt is signed by a stranger is not believed, and asked for again until it is', async () => {
    await loop.switchOn()
    await loop.shareFrom(1)
    const own = readFileSync(loop.place.signingKeys)
    await serverAfterStrangeKey()
    expect((await good(loop.host.handlers['share.forget']({ to: null })))[0]).toMatchObject({
      pending: 1,
      confirmed: 0,
      sent: [{ deletion: 'refused' }],
    })
    await loop.serverAfter(() => writeFileSync(loop.place.signingKeys, own))
    loop.now += 13 * hour
    await good(loop.host.handlers['share.now']({ to: null }, ...watching()))
    expect((await good(loop.host.handlers['share.sent']({})))[0]).toMatchObject({ pending: 0, confirmed: 1 })
  })
})
