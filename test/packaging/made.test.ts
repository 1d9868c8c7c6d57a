// A package as electron-builder itself makes it by electron-builder.yml, from `npm run dist` on: what lies in it, how
// large it is, how the fuses stand, and what the system is told of it. Only Electron's runtime and fpm, which can't be
// had without the network, are small files of the test's (runtime.ts).
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, getRawHeader, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrongFuses } from '../../scripts/pack/fuses.mjs'
import { writeFpm, writeRuntime } from './runtime.ts'

const root = join(import.meta.dirname, '../..')
let folder = ''
let made = ''
const kept = (name: string): string => readFileSync(join(folder, 'kept', name), 'utf8')

function dist(words: readonly string[], environment: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, [join(root, 'scripts/dist.mjs'), ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, SIGHTGLASS_HOME: folder, LANG: 'C', ...environment },
  })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightglass-pack-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('without Electron’s runtime says in one sentence what is missing', () => {
  const { status, stderr } = dist(['--dir'], {
    ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nowhere'),
    ELECTRON_MIRROR: 'http://127.0.0.1:9/',
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(
    /^Packages are made around the Electron runtime.*127\.0\.0\.1:9 does not answer.*\n$/,
  )
})

if (process.platform === 'linux')
  describe('a package for Linux', () => {
    beforeAll(() => {
      const runtime = join(folder, 'runtime')
      writeRuntime(runtime)
      writeFpm(join(folder, 'bin'), join(folder, 'kept'))
      const output = join(folder, 'packages')
      const { status, stderr, stdout } = dist(
        ['--linux', 'deb', `--${process.arch}`, `-c.directories.output=${output}`],
        {
          ELECTRON_OVERRIDE_DIST_PATH: runtime,
          USE_SYSTEM_FPM: 'true',
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        },
      )
      expect(status, stdout + stderr).toBe(0)
      made = join(output, readdirSync(output).find((name) => name.endsWith('-unpacked')) ?? '')
    }, 120_000)

    it('holds the built program and nothing else: no sources, tests, packages, maps or keys', () => {
      const archive = join(made, 'resources/app.asar')
      const files = listPackage(archive, { isPack: false })
      const odd = files.filter(
        (path) =>
          !/^\/(LICENSE|package\.json|dist|dist\/page|dist\/page\/assets|dist\/shell)$/.test(path) &&
          !/^\/dist\/page\/(index\.html|assets\/[\w-]+\.(js|css|svg|wasm))$/.test(path) &&
          !/^\/dist\/shell\/[\w.-]+\.(cjs|mjs)$/.test(path),
      )
      expect(odd).toEqual([])
      for (const path of [
        'page/index.html',
        'shell/main.cjs',
        'shell/preload.cjs',
        'shell/job.cjs',
        'shell/command-line.mjs',
      ])
        expect(files).toContain(`/dist/${path}`)
      // Measured at 4.0 MiB, of which the page's WebAssembly is 0.7 and both languages' words 0.5.
      expect(statSync(archive).size).toBeLessThan(5 * 1024 * 1024)
      expect(getRawHeader(archive).headerString).toContain('"integrity":{"algorithm":"SHA256"')
      expect(existsSync(join(made, 'resources/app'))).toBe(false)
      expect(existsSync(join(made, 'resources/app-update.yml'))).toBe(false)
    })

    it('knows its version, its first file and where releases are, and carries no scripts', () => {
      const about: unknown = JSON.parse(
        extractFile(join(made, 'resources/app.asar'), 'package.json').toString(),
      )
      const { version, releases } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
        string,
        string
      >
      expect(about).toMatchObject({ name: 'sightglass', version, releases, main: 'dist/shell/main.cjs' })
      expect(about).not.toHaveProperty('scripts')
      expect(about).not.toHaveProperty('devDependencies')
    })

    it('has every fuse as the table says, and Chromium’s texts in our two languages only', async () => {
      expect(await wrongFuses(join(made, 'sightglass-desktop'))).toEqual([])
      expect(readdirSync(join(made, 'locales')).sort()).toEqual(['de.pak', 'en-US.pak'])
    })

    it('puts `sightglass` before the program, with a person’s words behind --', () => {
      const command = join(made, 'sightglass')
      // What belongs to the command, in place of the file that can't run.
      writeFileSync(join(made, 'sightglass-desktop'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 })
      const run = (display: string) =>
        spawnSync(command, ['report', 'a b.db', '--json'], {
          encoding: 'utf8',
          env: { PATH: '/usr/bin:/bin', DISPLAY: display },
        }).stdout
      expect(run(':0')).toBe('--command-line\n--\nreport\na b.db\n--json\n')
      expect(run('')).toBe('--ozone-platform=headless\n--command-line\n--\nreport\na b.db\n--json\n')
    })

    it('is offered under "open with" for SQLite files, and makes no type of its own for *.db', () => {
      const entry = kept('desktop')
      expect(entry).toContain('Exec=/opt/Sightglass/sightglass-desktop %U\n')
      expect(entry).toContain('MimeType=application/vnd.sqlite3;application/x-sqlite3;\n')
      expect(entry).toContain('Icon=sightglass-desktop\n')
      expect(entry).toContain('StartupWMClass=sightglass-desktop\n')
      expect(kept('arguments')).not.toContain('/usr/share/mime/')
    })

    it('as a Debian package has the command, icons in every size, and the sandbox’s own permissions', () => {
      const said = kept('arguments').split('\n')
      const command = said.find((word) => word.endsWith('=/usr/bin/sightglass'))
      expect(readFileSync(join(root, command?.split('=')[0] ?? ''), 'utf8')).toContain(
        '/opt/Sightglass/sightglass-desktop',
      )
      for (const size of [16, 32, 48, 64, 128, 256, 512])
        expect(
          said.some((word) => word.includes(`/icons/hicolor/${size}x${size}/apps/sightglass-desktop.png`)),
        ).toBe(true)
      expect(said).toEqual(expect.arrayContaining(['--name', 'sightglass']))
      expect(kept('after-install')).toContain("chmod 4755 '/opt/Sightglass/chrome-sandbox'")
    })
  })
