// Whom the limits count together, told from addresses alone.
import { describe, expect, it } from 'vitest'
import { addressBehind, importDayKey, networkKey } from '../../server/network.ts'
import type { DayKeys } from '../../server/network.ts'

const keys: DayKeys = {
  keyOf: (day) => importDayKey(Uint8Array.from(day.padEnd(32), (letter) => letter.charCodeAt(0))),
  tidy: async () => {},
}
const keyOf = (address: string, day = '2026-11-20') => networkKey(keys, address, day)
const alike = async (one: string, two: string) => (await keyOf(one)) === (await keyOf(two))

describe('the key of a network', () => {
  it('is one for 256 addresses of IPv4, and for a /48 of IPv6, however they are written', async () => {
    expect(await alike('203.0.113.7', '203.0.113.250')).toBe(true)
    expect(await alike('203.0.113.7', '203.0.114.7')).toBe(false)
    expect(await alike('203.0.113.7', '::ffff:203.0.113.9')).toBe(true)
    expect(await alike('2001:db8:1::1', '2001:0db8:0001:ffff::2')).toBe(true)
    expect(await alike('2001:db8:1::1', '2001:DB8:1:2:3:4:5:6')).toBe(true)
    expect(await alike('2001:db8:1::1', '2001:db8:2::1')).toBe(false)
    expect(await alike('2001:db8::1', '2001:db8:0:9::1')).toBe(true)
    expect(await alike('fe80::1%eth0', 'fe80::2')).toBe(true)
    expect(await alike('::1', '::2')).toBe(true)
  })
  it('is another the next day, and never holds the address', async () => {
    expect(await keyOf('203.0.113.7')).not.toBe(await keyOf('203.0.113.7', '2026-11-21'))
    expect(await keyOf('203.0.113.7')).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('the address behind a proxy', () => {
  const trusted = ['127.0.0.1', '10.0.0.2']
  it('is the socket’s, whatever a header says, where no proxy was named', () => {
    expect(addressBehind('203.0.113.7', '198.51.100.1', [])).toBe('203.0.113.7')
    expect(addressBehind('203.0.113.7', '198.51.100.1', trusted)).toBe('203.0.113.7')
  })
  it('is the last entry that none of the named proxies has written', () => {
    expect(addressBehind('127.0.0.1', '198.51.100.1, 203.0.113.7', trusted)).toBe('203.0.113.7')
    expect(addressBehind('::ffff:127.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', trusted)).toBe(
      '203.0.113.7',
    )
    expect(addressBehind('127.0.0.1', '', trusted)).toBe('127.0.0.1')
    expect(addressBehind(null, '198.51.100.1', trusted)).toBe(null)
  })
})
