// Which other programs have a file open. Linux tells it of the programs of the same person; elsewhere SQLite's own
// locks have the word (rewrite.ts), which are held by whoever has a file in WAL mode open.
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import process from 'node:process'

/** Their names, each once; of this program's own readers, which come and go, only where anyone counts. */
export function holdersOf(path: string, who: 'anyone' | 'strangers' = 'anyone'): string[] {
  if (process.platform !== 'linux') return []
  const place = realPath(path)
  const names = new Set<string>()
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
    if (who === 'strangers' && isOurs(Number(pid))) continue
    if (list(`/proc/${pid}/fd`).some((fd) => target(`/proc/${pid}/fd/${fd}`) === place))
      names.add(nameOf(pid))
  }
  return [...names]
}

/** The program that started this process, or another process of it. */
function isOurs(pid: number): boolean {
  if (pid === process.ppid) return true
  try {
    const about = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent] = about.slice(about.lastIndexOf(')') + 2).split(' ')
    return Number(parent) === process.ppid
  } catch {
    return false
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // it has ended, or is another person's
  }
}
function target(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}
function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}
