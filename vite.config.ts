// Four builds of one tree: the page (default), the page of one file (`--mode alone`), the desktop shell
// (`--mode shell`), and the tests.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import type { EnvironmentOptions } from 'vite'
import { defineConfig } from 'vitest/config'
import type { ViteUserConfig } from 'vitest/config'
import { oneFile } from './scripts/one-file.mjs'

const root = import.meta.dirname
const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'electron']

const endings = { cjs: 'cjs', es: 'mjs' } as const
type Part = { readonly first?: boolean; readonly format?: 'cjs' | 'es' }
const shellPart = (
  input: Record<string, string>,
  { first = false, format = 'cjs' }: Part = {},
): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist/shell',
    emptyOutDir: first,
    minify: false,
    rolldownOptions: {
      input,
      external: nodeModules,
      output: {
        format,
        entryFileNames: `[name].${endings[format]}`,
        chunkFileNames: `[name].${endings[format]}`,
      },
    },
  },
})

const oldest = 'chrome140'
const checks = { bundlerTimings: false } // slow machines are no news
const [, version = ''] = /"version": "([^"]+)"/.exec(readFileSync(`${root}/package.json`, 'utf8')) ?? []

/** All of it in one script, which oneFile() puts into the HTML with its workers and their WebAssembly inside. */
const alone: ViteUserConfig = {
  root: `${root}/renderer`,
  base: './',
  publicDir: false,
  define: { 'import.meta.env.SIGHTGLASS_VERSION': JSON.stringify(version) },
  plugins: [svelte({ configFile: false }), oneFile('sightglass.html', './alone/main.ts')],
  worker: { format: 'iife', rolldownOptions: { output: { codeSplitting: false }, checks } },
  build: {
    target: oldest,
    outDir: `${root}/dist/alone`,
    emptyOutDir: true,
    assetsInlineLimit: Infinity,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: { format: 'iife', codeSplitting: false },
      checks: { ...checks, emptyImportMeta: false },
    },
  },
}

const shell: ViteUserConfig = {
  publicDir: false,
  builder: {
    buildApp: async ({ environments: { ssr, preload, commands }, build }) => {
      for (const part of [ssr, preload, commands]) if (part !== undefined) await build(part)
    },
  },
  environments: {
    ssr: shellPart({ main: `${root}/electron/main.ts`, job: `${root}/host/job.ts` }, { first: true }),
    // Apart from the others: a sandboxed preload cannot require a chunk that it shares with them.
    preload: shellPart({ preload: `${root}/electron/preload.ts` }),
    // Its modules wait for the language before the commands are loaded, which CommonJS can't.
    commands: shellPart({ 'command-line': `${root}/electron/command-line.ts` }, { format: 'es' }),
  },
}

const page: ViteUserConfig = {
  root: `${root}/renderer`,
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: false })],
  worker: { format: 'es' },
  build: {
    target: oldest,
    outDir: '../dist/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks },
  },
  test: {
    root,
    // Two files at a time, on whatever machine: most tests wait for a process or a window more than they work.
    projects: [
      {
        extends: false,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        extends: false,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // As long as the page itself is waited for: a busy machine is no failure.
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
}

const modes: Readonly<Record<string, ViteUserConfig>> = { alone, shell }

export default defineConfig(({ mode }) => modes[mode] ?? page)
