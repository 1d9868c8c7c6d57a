// A program that sends and is killed before the statement whose number it was told; see kill.test.ts.
import process from 'node:process'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { start } from './sending.ts'
import { sendTwoDays } from './two-days.ts'

const [folder = '', address = '', point = '0'] = process.argv.slice(2)
let left = Number(point)
const die = (): void => {
  if (left > 0 && --left === 0) process.kill(process.pid, 'SIGKILL')
}
const { run, all } = StatementSync.prototype
StatementSync.prototype.run = function (this: StatementSync, ...given: never[]) {
  die()
  return Reflect.apply(run, this, given) as ReturnType<typeof run>
}
StatementSync.prototype.all = function (this: StatementSync, ...given: never[]) {
  die()
  return Reflect.apply(all, this, given) as ReturnType<typeof all>
}
const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  die()
  exec.call(this, sql)
}

await sendTwoDays(folder, address, start)
process.stdout.write('done')
