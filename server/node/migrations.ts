import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** In their order, which their names tell. */
export function migrationsFor(engine: 'sqlite' | 'postgres'): readonly string[] {
  const folder = join(import.meta.dirname, '../migrations', engine)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}
