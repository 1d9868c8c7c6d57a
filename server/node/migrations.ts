import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** In their order, which their names tell. */
export function migrationsFor(engine: 'sqlite' | 'postgres', timescale = false): readonly string[] {
  const folder = join(import.meta.dirname, '../migrations', engine)
  return readdirSync(folder)
    .filter((name, _, all) =>
      timescale
        ? !all.includes(name.replace('.sql', '.timescale.sql')) // it has one of its own instead
        : !name.endsWith('.timescale.sql'),
    )
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}
