// The names of the fields as the screen knows them: each has a label and a reason in the person's language.
import { reportFields, rowFields } from '../../shared/sharing/fields.ts'
import type { ReportFieldName, RowFieldName } from '../../shared/sharing/fields.ts'

type FieldName = ReportFieldName | RowFieldName
const names: readonly string[] = [...reportFields, ...rowFields].map(({ name }) => name)

export const isReportField = (name: string): name is FieldName => names.includes(name)
