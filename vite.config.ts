// Three builds of one tree: the page (default), the desktop shell (`--mode shell`), and the tests.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { builtinModules } from 'node:module'
import type { EnvironmentOptions } from 'vite'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'electron']

const shellPart = (input: Record<string, string>, first = false): EnvironmentOptions => ({
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
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
    },
  },
})

export default defineConfig(({ mode }) =>
  mode === 'shell'
    ? {
        publicDir: false,
        builder: {
          buildApp: async ({ environments: { ssr, preload }, build }) => {
            if (ssr !== undefined) await build(ssr)
            if (preload !== undefined) await build(preload)
          },
        },
        environments: {
          ssr: shellPart({ main: `${root}/electron/main.ts`, job: `${root}/host/job.ts` }, true),
          // Apart from the others: a sandboxed preload cannot require a chunk that it shares with them.
          preload: shellPart({ preload: `${root}/electron/preload.ts` }),
        },
      }
    : {
        root: `${root}/renderer`,
        base: './',
        publicDir: false,
        plugins: [svelte({ configFile: false })],
        worker: { format: 'es' },
        build: {
          target: 'chrome140',
          outDir: '../dist/page',
          emptyOutDir: true,
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          rolldownOptions: { checks: { bundlerTimings: false } }, // slow machines are no news
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
                maxWorkers: 2,
              },
            },
          ],
        },
      },
)
