// A folder's listing for the path field of the web host, where a page has no file dialog of the system's.
// The text before the last separator is the folder; the window narrows the list by what comes after it.
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import type { FolderListing } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath } from './look.ts'

const most = 2000

export async function browse(typed: string, home: string): Promise<Result<FolderListing>> {
  const folder = folderOf(typed, home)
  try {
    const children = await readdir(folder, { withFileTypes: true })
    const entries = await Promise.all(
      children.slice(0, most).map(async (child) => {
        const path = join(folder, child.name)
        return { name: child.name, path, folder: await isFolder(child, path) }
      }),
    )
    entries.sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name))
    const parent = dirname(folder)
    return ok({ folder, parent: parent === folder ? null : parent, entries, cut: children.length > most })
  } catch (error) {
    return fail(explainPath(error, folder))
  }
}

function folderOf(typed: string, home: string): string {
  const path = typed === '' ? `${home}${sep}` : typed.replace(/^~(?=$|[\\/])/, home)
  const whole = isAbsolute(path) ? path : join(home, path)
  return resolve(/[\\/]$/.test(whole) ? whole : dirname(whole))
}

async function isFolder(child: Dirent, path: string): Promise<boolean> {
  if (!child.isSymbolicLink()) return child.isDirectory()
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
