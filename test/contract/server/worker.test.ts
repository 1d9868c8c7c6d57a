import type { Home } from './home.ts'
import { serverSuite } from './suite.ts'
import { wholeLoop } from './whole-loop.ts'
import { startWorkerHome } from './worker-home.ts'

const home: Home = { name: 'workerd with D1', start: startWorkerHome }
serverSuite(home)
wholeLoop(home)
