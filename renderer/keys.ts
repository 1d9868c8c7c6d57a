// The keys, as one table: the list behind `?` and the listener both read it. Letter keys rest while a field has
// the focus or a dialog is open, and can be switched off, since speech input types letters by itself.
import { screens } from './place.ts'
import type { Screen } from './place.ts'

export type Action =
  | { readonly does: 'go'; readonly screen: Screen }
  | { readonly does: 'open' }
  | { readonly does: 'tables' }
  | { readonly does: 'help' }

export const keys: readonly { readonly key: string; readonly action: Action }[] = [
  ...screens.map((screen, i) => ({ key: String(i + 1), action: { does: 'go', screen } as const })),
  { key: 'o', action: { does: 'open' } },
  { key: 't', action: { does: 'tables' } },
  { key: '?', action: { does: 'help' } },
]

export function actionOf(event: KeyboardEvent, letterKeys: boolean): Action | null {
  if (!letterKeys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null
  if (document.querySelector('dialog[open], [popover]:popover-open') !== null) return null
  if (isField(event.target)) return null
  return keys.find(({ key }) => key === event.key)?.action ?? null
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), select, textarea'))
  )
}
