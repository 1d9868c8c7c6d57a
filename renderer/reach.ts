// What needs a host behind the page. The page that stands alone shows none of it, rather than showing it broken.
import type { SettingName } from '../shared/settings.ts'
import { keys } from './keys.ts'
import type { Action } from './keys.ts'
import { screens } from './place.ts'
import type { Screen } from './place.ts'

const hostedScreens: readonly Screen[] = ['sharing']
const hostedActions: readonly Action['does'][] = ['delete', 'sent']

/** What stands on the Settings screen beside the settings. */
export const settingLists = ['sharing', 'retention', 'deletions', 'choices', 'recent', 'updates'] as const
export type SettingPart = SettingName | (typeof settingLists)[number]
/** All but the corrections of unknown files. */
const hostedSettings: readonly SettingPart[] = [
  'keepBackup',
  ...settingLists.filter((list) => list !== 'choices'),
]

export const screensOf = (hosted: boolean): readonly Screen[] =>
  hosted ? screens : screens.filter((screen) => !hostedScreens.includes(screen))

export const can = (hosted: boolean, action: Action): boolean =>
  hosted ||
  !(action.does === 'go' ? hostedScreens.includes(action.screen) : hostedActions.includes(action.does))

export const keysOf = (hosted: boolean): typeof keys => keys.filter(({ action }) => can(hosted, action))

export const settingsOf = <Part extends SettingPart>(
  hosted: boolean,
  parts: readonly Part[],
): readonly Part[] => (hosted ? parts : parts.filter((part) => !hostedSettings.includes(part)))
