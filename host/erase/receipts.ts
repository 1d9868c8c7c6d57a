// The receipts of deletions, as a list.
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptReceipt } from '../../shared/erase.ts'
import { readAbout } from './receipt.ts'

const firstBytes = 8192

/** Newest first. */
export async function listReceipts(folder: string): Promise<KeptReceipt[]> {
  const names = await readdir(folder).catch(() => []) // nothing was deleted yet
  const found = await Promise.all(
    names.filter((name) => name.endsWith('.receipt')).map((name) => aboutOf(join(folder, name))),
  )
  return found.flat().sort((a, b) => b.erased - a.erased)
}

async function aboutOf(receipt: string): Promise<KeptReceipt[]> {
  try {
    const file = await open(receipt, 'r')
    try {
      const bytes = Buffer.alloc(firstBytes)
      const { bytesRead } = await file.read(bytes, 0, firstBytes, 0)
      const about = readAbout(bytes.subarray(0, bytesRead))
      return about === null ? [] : [{ receipt, path: about.path, erased: about.erased, rows: about.rows }]
    } finally {
      await file.close()
    }
  } catch {
    return []
  }
}
