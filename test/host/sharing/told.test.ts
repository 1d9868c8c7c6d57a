import { expect, it } from 'vitest'
import { listFiles } from '../../../host/sharing/told.ts'
import type { FileEntry } from '../../../shared/bridge.ts'

const file = (path: string, tool: string | null = null): FileEntry => ({
  ...{ path, name: path.slice(1), tool, size: 1, modified: 0, writing: false, missing: false },
})

it('a file that is found at its tool’s place and was opened lately stands on the list once, ticked ones first', () => {
  const found = [file('/a', 'earlyexit'), file('/b'), file('/a')]
  const listed = listFiles(['/b', '/gone'], found)
  expect(listed.map(({ path, tool, ticked }) => [path, tool, ticked])).toEqual([
    ['/b', null, true],
    ['/gone', null, true],
    ['/a', 'earlyexit', false],
  ])
})
