// What passes between the window and its reading worker.
import type { AppError } from '../../shared/result.ts'
import type { FormatName } from '../../shared/formats/format.ts'
import type { Overview } from '../../shared/viewer/charts.ts'
import type { Filter } from '../../shared/viewer/filter.ts'

/** Where the bytes come from: the host, or a file that was dropped on the page. */
export type ImageSource =
  | {
      readonly from: 'host'
      readonly url: string
      readonly headers: Record<string, string>
      readonly size: number
    }
  | { readonly from: 'page'; readonly file: Blob }

/** What the charts are drawn of. */
export interface View {
  readonly filter: Filter
  readonly zone: string
  readonly now: number
  readonly firstDayOfWeek: number
}

export type ToWorker =
  | { readonly type: 'open'; readonly name: string; readonly source: ImageSource; readonly view: View }
  | { readonly type: 'view'; readonly view: View }

export type FromWorker =
  | { readonly type: 'fetching'; readonly done: number; readonly total: number }
  | {
      readonly type: 'recognised'
      readonly format: FormatName
      readonly title: string
      readonly rows: number
    }
  | { readonly type: 'reading'; readonly done: number; readonly total: number }
  | { readonly type: 'overview'; readonly overview: Overview; readonly complete: boolean }
  | { readonly type: 'failed'; readonly error: AppError }
