import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { reportFields, rowFields } from '../../../shared/sharing/fields.ts'
import { dictionary } from './dictionary.ts'

const page = join(import.meta.dirname, '../../../docs/data-dictionary.md')

it('the data dictionary says what the list of fields says, to the letter', async () => {
  const config = await resolveConfig(page)
  await expect(await format(dictionary(), { ...config, parser: 'markdown' })).toMatchFileSnapshot(page)
})

it('and leaves no field out', () => {
  const text = readFileSync(page, 'utf8')
  for (const { name, reason } of [...reportFields, ...rowFields]) {
    expect(text).toContain(`\`${name}\``)
    expect(text).toContain(reason)
  }
})
