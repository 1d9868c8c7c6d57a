// The keys, as one table: the list behind `?` and the listener both read it. Letter keys rest while a field has
// the focus or a dialog is open, and can be switched off, since speech input types letters by itself. Escape and
// the key of the palette are no letters, and work always.
import type { SettingName } from '../shared/settings.ts'
import { screens } from './place.ts'
import type { Screen } from './place.ts'

export type Action =
  | { readonly does: 'go'; readonly screen: Screen; readonly to?: SettingName | 'updates' }
  | { readonly does: 'open' }
  | { readonly does: 'search' }
  | { readonly does: 'filter' }
  | { readonly does: 'tables' }
  | { readonly does: 'veil' }
  | { readonly does: 'export' }
  /** Of the record that the person is at, or of what is likeliest meant. */
  | { readonly does: 'delete'; readonly of?: 'record' }
  /** Everything that was ever sent. */
  | { readonly does: 'sent' }
  | { readonly does: 'help' }

/** Fixed, so that the hand finds a screen at its key whatever screens there are. */
export const screenKeys = {
  files: '1',
  overview: '2',
  records: '3',
  sharing: '4',
  community: '5',
  settings: '6',
} as const satisfies Record<Screen, string>

export const keys: readonly { readonly key: string; readonly action: Action }[] = [
  ...screens.map((screen) => ({ key: screenKeys[screen], action: { does: 'go', screen } as const })),
  { key: 'o', action: { does: 'open' } },
  { key: '/', action: { does: 'search' } },
  { key: 'f', action: { does: 'filter' } },
  { key: 't', action: { does: 'tables' } },
  { key: 'v', action: { does: 'veil' } },
  { key: 'e', action: { does: 'export' } },
  { key: 'Delete', action: { does: 'delete' } },
  { key: 'l', action: { does: 'sent' } },
  { key: '?', action: { does: 'help' } },
]

export const keyOf = (does: Action['does']): string | null =>
  keys.find(({ action }) => action.does === does)?.key ?? null

export function actionOf(event: KeyboardEvent, letterKeys: boolean): Action | null {
  if (!letterKeys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null
  if (somethingOpen() || isField(event.target)) return null
  return keys.find(({ key }) => key === event.key)?.action ?? null
}

/** What Escape is for here: out of a field, or one step back. An open dialog or panel closes by itself. */
export function escapeOf(event: KeyboardEvent): 'leave the field' | 'step back' | null {
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || somethingOpen()) return null
  if (!isField(event.target)) return 'step back'
  const clearsItself = event.target instanceof HTMLInputElement && event.target.type === 'search'
  return clearsItself && event.target.value !== '' ? null : 'leave the field'
}

/** As it stands on the keyboard; `control` is what the other key is called there. */
export const paletteKey = (platform: string, control: string): string =>
  platform === 'darwin' ? '⌘K' : `${control} K`

/** ⌘K on a Mac, where Ctrl K cuts a line; elsewhere Ctrl K. */
export function isPaletteKey(event: KeyboardEvent, platform: string): boolean {
  const held = platform === 'darwin' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  return held && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k'
}

const somethingOpen = (): boolean => document.querySelector('dialog[open], [popover]:popover-open') !== null

/** One that can be seen: a field of what was closed keeps the focus until the next frame. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.checkVisibility() &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), select, textarea'))
  )
}
