// The program does the same in a terminal as in a window: no method is the window's alone.
import { expect, it } from 'vitest'
import { commands } from '../../host/cli/commands.ts'
import { bridge } from '../../shared/bridge.ts'

it('every method of the bridge is reached by a command', () => {
  const reached = new Set<string>(commands.flatMap(({ calls }) => calls))
  expect(Object.keys(bridge).filter((name) => !reached.has(name))).toEqual([])
})
