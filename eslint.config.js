// One set of rules for every room. What the compiler or dependency-cruiser already refuse is not repeated here.
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

/**
 * The only files that may claim a type with `as`: the four doors where outside data comes in, and places where
 * TypeScript can't follow a lookup by key. Each says in place why the claim holds.
 */
const doors = [
  'host/rpc.ts', // bridge calls: a handler looked up by a name that was checked just before
  'host/jobs.ts', // messages of a child process: both ends are ours and of one build
  'host/job.ts', // the same, seen from the child
  'host/file/native.ts', // file rows of node:sqlite
  'host/sharing/database.ts', // rows of the program's own strict tables, which it alone writes
  'host/direct.ts', // bridge calls without a wire
  'renderer/bridge.ts', // bridge calls, seen from the page: answers of its own host
  'shared/sharing/shape.ts', // the wire: a schema made from the list of fields
  'shared/viewer/frames.ts', // the wire between reader and window: both ends are ours and of one build
  'shared/words/explain.ts', // a sentence looked up by the kind of its error
]

/** In .svelte files dependency-cruiser sees only what is left after compiling: types are gone by then. */
const wallsOfTheRenderer = {
  patterns: [
    {
      regex: '^(\\.\\./)+(host|senders|electron|server|scripts|test)/',
      message: 'renderer/ imports shared/ only, types included.',
    },
    { regex: '^(node:|electron$)', message: 'The page knows neither Node nor Electron.' },
  ],
}

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'out/'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', '.dependency-cruiser.cjs'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'no-eval': 'error',
      'no-undef': 'off', // the compiler knows each room's own globals
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // House style, not accidents: `return send(x)` to leave early, `() => {}`, an async function by its interface.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off', // interfaces here are kept by closures, which know no `this`
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      // Methods without arguments take `{}`, and a union of arguments may come down to it.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
    },
  },
  {
    files: doors,
    rules: {
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
    },
  },
  {
    files: ['renderer/**/*.svelte', 'renderer/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['renderer/**/*.svelte'],
    rules: {
      // Here an imported component is `any`; svelte-check knows its type and checks what is done with it.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-imports': ['error', wallsOfTheRenderer],
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-inspect': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-unused-svelte-ignore': 'off', // takes the reason after a rule's name for more names
      'svelte/prefer-svelte-reactivity': 'off', // charts and the reader use plain maps and addresses on purpose
    },
  },
  {
    files: ['test/**'],
    rules: {
      // Malformed calls and the stand-in for a runtime claim on purpose what the types forbid. What a test
      // reads is looked at by its expectations.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
    },
  },
  {
    files: ['scripts/**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: {
      // JSON files of the project and of npm, read before valibot is there to check them.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['*.js', '.*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
)
