import { serverSuite } from './suite.ts'
import { startWorkerHome } from './worker-home.ts'

serverSuite({ name: 'workerd with D1', start: startWorkerHome })
