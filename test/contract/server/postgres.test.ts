import { describe, it } from 'vitest'
import { findPostgres } from '../../../scripts/postgres.mjs'
import { startNodeHome } from './node-home.ts'
import { startPostgres } from './postgres.ts'
import { serverSuite } from './suite.ts'

const programs = findPostgres()
if (programs === null) describe('Node with PostgreSQL', () => it.skip('is not installed here', () => {}))
else
  serverSuite({
    name: 'Node with PostgreSQL',
    start: (environment) => startNodeHome(() => startPostgres(programs), environment),
  })
