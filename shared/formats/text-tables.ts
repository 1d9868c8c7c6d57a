// Text files of records (JSON, JSON Lines) are read into tables of their own, so that all that comes after works
// as with any other file: one row for each record, with the file and line it stood on.

export const textTables = {
  voicemode_log: 'voicemode-log',
  earlyexit_export: 'earlyexit',
  beacon_heartbeats: 'beacon',
  shared_reports: 'shared-reports',
  sharing_log: 'sharing-log',
} as const
export type TextTable = keyof typeof textTables

/** `record` says what kind of record it is, in the file's own word. */
export const textColumns = ['file', 'line', 'record', 'data'] as const

/** Lines that could not be read stand here, without their text. */
export const unreadableTable = 'unreadable_lines'
export const unreadableColumns = ['file', 'line'] as const

export const textProof = (table: TextTable): Readonly<Record<string, readonly string[]>> => ({
  [table]: textColumns,
  [unreadableTable]: unreadableColumns,
})
