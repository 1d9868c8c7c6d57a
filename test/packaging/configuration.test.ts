// electron-builder.yml: what electron-builder's own schema refuses, and what it lets pass.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, looseObject, object, parse as validate, picklist, record, string, union } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fuses, turnFuses, wrongFuses } from '../../scripts/pack/fuses.mjs'
import { programWithFuses, writeRuntime } from './runtime.ts'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
const Arch = picklist(['x64', 'arm64', 'universal'])
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightglass-packaging-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('electron-builder.yml', () => {
  it('is held to electron-builder’s own schema: what that doesn’t know ends `npm run dist`', () => {
    writeRuntime(join(folder, 'runtime'))
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(root, 'scripts/dist.mjs'), '--dir', '-c.artefactName=x'],
      {
        encoding: 'utf8',
        env: { ...process.env, LANG: 'C', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'runtime') },
      },
    )
    expect(status).toBe(1)
    expect(stdout + stderr).toMatch(/unknown property 'artefactName'/)
  }, 120_000)

  it('makes each kind of package for each system, none of them misspelt, which the schema would not see', () => {
    const Target = object({ target: string(), arch: union([Arch, array(Arch)]) })
    const System = object({ target: array(Target) })
    const { mac, win, linux } = validate(object({ mac: System, win: System, linux: System }), parse(text))
    const told = [mac, win, linux].map((system) =>
      system.target.map(({ target, arch }) => [target, ...[arch].flat()].join(' ')),
    )
    expect(told).toEqual([
      ['dmg universal', 'zip universal'],
      ['nsis x64 arm64', 'portable x64'],
      ['AppImage x64 arm64', 'deb x64 arm64', 'tar.gz x64 arm64'],
    ])
  })

  it('is followed by a workflow that runs only scripts there are, and gives sums and a bill of materials', () => {
    const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')
    const { jobs } = validate(
      object({ jobs: record(string(), object({ steps: array(looseObject({})) })) }),
      parse(workflow),
    )
    expect(Object.keys(jobs)).toEqual(['packages', 'draft'])
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const run = [...workflow.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(run).toContain('dist')
    expect(run.filter((name) => scripts[name] === undefined)).toEqual([])
    for (const step of ['npm test -- build electron', 'sha256sum', 'npm sbom', 'gh release create'])
      expect(workflow).toContain(step)
  })

  it('names only files that there are', () => {
    const named = [...text.matchAll(/\b(?:packaging|scripts)\/[\w/-]+(?:\.\w+)*/g)].map(([path]) => path)
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('makes the program nowhere the default for databases', () => {
    expect(text).toMatch(/rank: Alternate/)
    // Each system has a way of its own; one for all would make Windows open every .db with the program.
    expect(Object.keys(parse(text) as object)).not.toContain('fileAssociations')
    const windows = readFileSync(join(root, 'packaging/open-with.nsh'), 'utf8')
    expect(windows).not.toMatch(/WriteReg\w+ SHELL_CONTEXT "Software\\Classes\\\.[^"\\]+" ""/)
    for (const extension of ['db', 'sqlite', 'sqlite3']) {
      expect(windows).toContain(`offerToOpen "${extension}"`)
      expect(windows).toContain(`"Software\\Classes\\.${extension}\\OpenWithProgids" "Sightglass.Telemetry"`)
    }
  })

  it('has icons in the sizes that each system asks for, and small', () => {
    const apple = readFileSync(join(root, 'packaging/icon.icns'))
    expect(apple.toString('latin1', 0, 4)).toBe('icns')
    expect(apple.readUInt32BE(4)).toBe(apple.length)
    for (const type of ['ic07', 'ic08', 'ic09', 'ic10']) expect(apple.includes(type)).toBe(true)
    const windows = readFileSync(join(root, 'packaging/icon.ico'))
    const sizes = Array.from({ length: windows.readUInt16LE(4) }, (_, i) => windows[6 + 16 * i] || 256)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const png = readFileSync(join(root, `packaging/icons/${size}x${size}.png`))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
    }
    for (const name of ['icon.icns', 'icon.ico'])
      expect(statSync(join(root, 'packaging', name)).size).toBeLessThan(150_000)
  })
})

describe('fuses', () => {
  const write = (name: string, states?: string): string => {
    const path = join(folder, name)
    writeFileSync(path, programWithFuses(states))
    return path
  }

  it('are turned as the table says, whatever they were, and nothing else of the program is changed', async () => {
    for (const states of ['101101110', '000000000', '111111111', '010011001']) {
      const path = write('turned', states)
      const before = readFileSync(path)
      await turnFuses(path)
      expect(await wrongFuses(path)).toEqual([])
      const after = readFileSync(path)
      const changed = [...after].flatMap((byte, i) => (byte === before[i] ? [] : [i]))
      const wire = before.indexOf('dL7p') + 34
      expect(changed.every((at) => wire <= at && at < wire + 9)).toBe(true)
      expect(after.toString('latin1', wire, wire + 9)).toBe('010011001')
    }
  })

  it('are told by name where one is not as it should be', async () => {
    expect(await wrongFuses(write('open', '110011001'))).toEqual(['RunAsNode'])
    expect(await wrongFuses(write('removed', '01001r001'))).toEqual(['OnlyLoadAppFromAsar'])
    expect(Object.keys(fuses)).toHaveLength(9)
  })

  it('end the packing where Electron has one that nobody has decided about, or none at all', async () => {
    await expect(turnFuses(write('newer', '0100110011'))).rejects.toThrow('10 fuses')
    const path = join(folder, 'none')
    writeFileSync(path, 'no program of Electron’s')
    await expect(turnFuses(path)).rejects.toThrow('sentinel')
  })

  it('in both halves of a universal program', async () => {
    const path = join(folder, 'universal')
    writeFileSync(path, Buffer.concat([programWithFuses(), programWithFuses('000000000')]))
    await turnFuses(path)
    expect(readFileSync(path, 'latin1').match(/010011001/g)).toHaveLength(2)
  })
})
