import type { FormatLists } from './list.ts'

const ownCode = "the tool's own code"

export const earlyexit: FormatLists = {
  kinds: { words: ['execution'], source: 'each run is one row of `executions`' },
  dimensions: {
    'exit reason': {
      words: [
        'broken_pipe',
        'completed',
        'coverage_failed',
        'error',
        'interrupted',
        'invalid_fd',
        'invalid_pattern',
        'match',
        'no_match',
        'pattern_error',
        'stuck',
        'timeout',
        'unexpected_output',
        'unknown',
      ],
      source: `${ownCode}: every reason it can end for`,
    },
    'command category': {
      words: ['build', 'deploy', 'lint', 'test', 'unknown'],
      source: `${ownCode}: how it sorts commands`,
    },
    'project type': {
      words: ['c/c++', 'container', 'go', 'nodejs', 'python', 'rust', 'terraform', 'unknown'],
      source: `${ownCode}: how it sorts projects`,
    },
  },
  versions: { words: [], source: "its files don't tell the version" },
  versionFrom: null,
}
