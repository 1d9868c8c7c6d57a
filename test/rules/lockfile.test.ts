// npm silently leaves packages of other platforms out of a lockfile when their registry lacks them, and then
// refuses to install from it elsewhere. And an inexact version would come out differently under another npm.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'))
const Versions = v.optional(v.record(v.string(), v.string()), {})
const Package = v.object({
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  allowScripts: v.record(v.string(), v.boolean()),
})
const Entry = v.object({
  version: v.optional(v.string()),
  optionalDependencies: Versions,
  hasInstallScript: v.optional(v.boolean()),
  integrity: v.optional(v.string()),
  license: v.optional(v.string()),
  dev: v.optional(v.boolean()),
})
const { dependencies, devDependencies, optionalDependencies, allowScripts } = v.parse(
  Package,
  read('package.json'),
)
const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies }
const { packages } = v.parse(v.object({ packages: v.record(v.string(), Entry) }), read('package-lock.json'))

/** Whether a package is found from where another lies, as Node looks for it. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined)
      return true
    if (folder === '') return false
  }
}

/** They ask for no more than their notice. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
]
/** Of tools that build and test, and are no part of what is built. */
const ofTools = ['MPL-2.0', 'LGPL-3.0-or-later', 'Python-2.0', 'WTFPL']
const mayBeUsed = ({ license = '', dev = false }: v.InferOutput<typeof Entry>): boolean => {
  const known = dev ? [...permissive, ...ofTools] : permissive
  const choices = license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .map((choice) => choice.split(' AND '))
  return choices.some((all) => all.every((one) => known.includes(one)))
}

describe('the lockfile installs the same everywhere', () => {
  it('every version is written exactly, and is the one that is locked', () => {
    const inexact = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    expect(inexact).toEqual([])
    const locked = Object.keys(wanted).map((name) => [name, packages[`node_modules/${name}`]?.version])
    expect(Object.fromEntries(locked)).toEqual(wanted)
  })
  it('it holds every platform’s variant of every package', () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies)
        .filter((name) => !isLocked(name, path))
        .map((name) => `${path || 'package.json'} wants ${name}`),
    )
    expect(missing).toEqual([])
  })
  it('every package is pinned by its content', () => {
    const loose = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && integrity === undefined,
    )
    expect(loose.map(([path]) => path)).toEqual([])
  })
  it('every package may be used and passed on', () => {
    const strange = Object.entries(packages).filter(([path, entry]) => path !== '' && !mayBeUsed(entry))
    expect(strange.map(([path, { license }]) => `${path}: ${license ?? 'no licence'}`)).toEqual([])
  })
  it('no package runs a script when it is installed: what has one works without it', () => {
    const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript)
    const refused = Object.keys(allowScripts).map((name) => `node_modules/${name}`)
    expect(scripted.toSorted()).toEqual(refused.toSorted())
    expect(Object.values(allowScripts)).toEqual(refused.map(() => false))
  })
})
