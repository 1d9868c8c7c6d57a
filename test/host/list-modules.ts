// Given to Node with --import: writes down every module of the project that this process or a child of it loads.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const list = process.env['LOADED'] ?? ''
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:') && !url.includes('/node_modules/'))
      appendFileSync(list, `${new URL(url).pathname}\n`)
    return next(url, context)
  },
})
