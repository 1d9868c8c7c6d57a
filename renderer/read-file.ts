// The file that is shown, and what happened to it under the window.
import type { OpenedFile } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'

export interface ReadFile {
  readonly name: string
  /** Null for what is read in the page: a browser gives no path. */
  readonly path: string | null
  readonly size: number
  readonly writing: boolean
  readonly readFrom: 'place' | 'copy' | 'page' | 'sample'
  /** Made up, whoever wrote it down. */
  readonly isSample: boolean
}

/** What happened to the file under the window; the charts stay what they were. */
export type FileNotice =
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly error: AppError }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'truncated' }
  /** Dropped without its -wal, which may hold the newest rows. */
  | { readonly kind: 'wal-missing' }

export function fileOf(opened: OpenedFile): ReadFile {
  const { name, path, fileSize: size, writing, readFrom, isSample } = opened
  return { name, path, size, writing, readFrom, isSample }
}

/** There is nothing to follow any more. */
export const isLoss = (notice: FileNotice | null): boolean =>
  notice?.kind === 'gone' || notice?.kind === 'unreadable'
