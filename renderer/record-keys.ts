// What the person can do by keys while the table of records has the focus: walk in its rows and in its header, select,
// look at a record and leave it.
import type { Records } from './records.svelte.ts'
import { rowHeight } from './scroll-space.ts'

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey'>

/** True where the key did something. */
export const pressInTable = (records: Records, key: Key): boolean =>
  (records.inHeader && pressInHeader(records, key)) || pressInRows(records, key)

function pressInHeader(records: Records, { key, shiftKey }: Key): boolean {
  const { columns } = records
  const column = columns.shown[records.at]
  const wider = { ArrowLeft: -16, ArrowRight: 16 }[key]
  if (column === undefined) return false
  if (key === 'Enter' || key === ' ') records.sortBy(column)
  else if (shiftKey && wider !== undefined) columns.resize(column, column.width + wider, true)
  else return false
  return true
}

function pressInRows(records: Records, { key, shiftKey }: Key): boolean {
  const { active, inHeader, inspector, scroll, selected } = records
  const page = Math.max(1, Math.floor(scroll.view / rowHeight) - 1)
  const steps: Readonly<Record<string, number>> = { ArrowUp: -1, PageDown: page, PageUp: -page }
  if (shiftKey && !inHeader && active !== null && (key === 'ArrowUp' || key === 'ArrowDown')) {
    records.step(key === 'ArrowUp' ? -1 : 1)
    selected.extend(records.active?.position ?? active.position, active.position)
  } else if (key === 'ArrowUp' && (active === null || active.position === 0 || inHeader))
    records.inHeader = true
  else if (key === 'ArrowDown') records.step(inHeader ? 0 : 1)
  else if (key in steps) records.step(steps[key] ?? 0)
  else if (key === 'Home') records.goTo(0)
  else if (key === 'End') records.goTo(records.count - 1)
  else if (key === 'ArrowLeft' || key === 'ArrowRight') records.walk(key === 'ArrowLeft' ? -1 : 1)
  else if (key === 'Enter' && active !== null) records.inspect(active.position)
  else if (key === ' ' && active !== null) records.toggle(active.position)
  else if (key === 'Escape' && inspector.isOpen) records.closeInspector()
  else if (key === 'Escape' && selected.count > 0) selected.clear()
  else return false
  return true
}
