// What the Electron preload puts on the page as `window.sightglass`, and all it puts there. Values pass through
// Electron's context bridge, so they are plain data and functions only. In a browser there is no such object.
import type { Result } from './result.ts'

export interface Shell {
  /** Gives a Result of the bridge's method. */
  call(name: string, args: unknown): Promise<unknown>
  /** Sends items, then one answer (a Result). The function returned cancels. */
  stream(
    name: string,
    args: unknown,
    onItem: (item: unknown) => void,
    onAnswer: (result: unknown) => void,
  ): () => void
  /** The path of a file dropped on the window; empty when the system doesn't tell. */
  pathOf(file: unknown): string
  /** The system's own file dialog; null when it was closed without a choice. */
  chooseFile(): Promise<string | null>
  /**
   * Asks by the system's own dialog where to save a file of that name, and writes it. False where the dialog was
   * closed without a choice.
   */
  saveFile(name: string, bytes: Uint8Array): Promise<Result<boolean>>
  /** Files the system asks the program to open: the command line, "open with", the menu, a second start. */
  onOpen(listener: (path: string) => void): void
}
export const shellNames = [
  'call',
  'stream',
  'pathOf',
  'chooseFile',
  'saveFile',
  'onOpen',
] as const satisfies (keyof Shell)[]

/** Names of the shell's channels between its preload and its main process. */
export const channel = {
  call: 'sightglass:call',
  stream: 'sightglass:stream',
  chooseFile: 'sightglass:choose-file',
  saveFile: 'sightglass:save-file',
  open: 'sightglass:open',
  ready: 'sightglass:ready',
} as const
