// Debian's nginx with Lua, for the test of docs/router/nginx.conf: the one that is installed, or on Debian as root its
// package.
import { existsSync } from 'node:fs'
import { installPackages } from './packages.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

const program = '/usr/sbin/nginx'
const parts = [
  program,
  '/usr/lib/nginx/modules/ngx_http_lua_module.so',
  '/usr/share/lua/5.1/resty/core.lua',
  '/usr/share/lua/5.1/cjson/util.lua',
]

/** Its program; null where it or one of its parts is missing. */
export const findNginx = () => (parts.every((part) => existsSync(part)) ? program : null)

/** @param {Processes} processes */
export async function provideNginx(processes) {
  if (findNginx() === null) await installPackages(processes, ['nginx', 'libnginx-mod-http-lua', 'lua-cjson'])
}
