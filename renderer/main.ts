import { begin } from './begin.ts'
import { connect } from './bridge.ts'

void connect().then(begin)
