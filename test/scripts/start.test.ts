// Nobody meets a dead start: whatever Electron does or doesn't do, the program is open in the end or a sentence
// says why not, and Ctrl-C leaves nothing behind.
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { canDownload, hasDisplay, openWindow, shownLine } from '../../scripts/electron.mjs'
import { Processes } from '../../scripts/processes.mjs'
import { fakeRuntime, isAlive, start } from './program-start.ts'
import type { Runtime, Start } from './program-start.ts'

const served = /http:\/\/127\.0\.0\.1:\d+\/\S+/
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function runtime(script: string | null): Runtime {
  const made = fakeRuntime(script)
  cleanUps.push(made.remove)
  return made
}
function begin(args: readonly string[], environment: Readonly<Record<string, string>>): Start {
  const started = start(args, environment)
  cleanUps.push(started.end)
  return started
}
const webOptions = ['--no-open', '--port', '0']

async function downloadHost(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const at = server.address()
  return `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/`
}

async function expectAllGone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isAlive), { timeout: 5000 }).toEqual([])
}

// The runtimes below are shell scripts. What they show holds on Windows as well, where the specs run in Electron.
if (process.platform !== 'win32') {
  describe('npm start with an Electron that fails', () => {
    it('serves the page in the browser and says why when Electron ends early', async () => {
      const { environment } = runtime('echo "Missing X server or \\$DISPLAY" >&2; exit 1')
      const started = begin(webOptions, environment)
      const output = await started.said(served)
      expect(output).toContain(
        'Electron ended before it showed a window (exit code 1: Missing X server or $DISPLAY)',
      )
      const [address = ''] = served.exec(output) ?? []
      expect((await fetch(new URL('/', address))).status).toBe(200)
    })
    it('serves the page as well when Electron ends without any error and without a window', async () => {
      const started = begin(webOptions, runtime('exit 0').environment)
      expect(await started.said(served)).toContain('before it showed a window')
    })
    it('opens the file that was named there, too', async () => {
      const { environment, folder } = runtime('exit 1')
      writeFileSync(join(folder, 'mine.db'), '')
      const output = await begin([...webOptions, join(folder, 'mine.db')], environment).said(served)
      expect(decodeURIComponent(output)).toContain(join(folder, 'mine.db'))
    })
    it('fails with one sentence when Electron was insisted on', async () => {
      const { code, output } = await begin(['--electron'], runtime('exit 7').environment).ended
      expect(code).toBe(1)
      expect(output).toMatch(
        /--electron was given, but Electron ended before it showed a window \(exit code 7\)\.\s*$/,
      )
      expect(output).not.toMatch(served)
    })
    it('gives up on an Electron that shows no window, and ends all it had started', async () => {
      const { program } = runtime('sleep 61 & echo $! > "$0.pid"; sleep 61')
      const processes = new Processes()
      const outcome = await openWindow(processes, {
        runtime: program,
        file: null,
        patience: 500,
      })
      expect(outcome).toEqual({ ok: false, why: 'Electron showed no window within 0.5 seconds' })
      await expectAllGone([Number(readFileSync(`${program}.pid`, 'utf8'))])
    })
    it('does not wait for what an Electron that failed has left behind', async () => {
      const started = begin(webOptions, runtime('sleep 63 & exit 1').environment)
      expect(await started.said(served)).toContain('before it showed a window')
    })
    it('takes over from an Electron that breaks right after its window', async () => {
      const started = begin(webOptions, runtime('echo "sightglass: window shown"; exit 3').environment)
      expect(await started.said(served)).toContain('failed right after it showed its window (exit code 3)')
    })
  })

  describe('npm start with an Electron that works', () => {
    it('ends with it, and starts no web host', async () => {
      const started = begin([], runtime('echo "sightglass: window shown"; sleep 0.2; exit 0').environment)
      const { code, output } = await started.ended
      expect(code).toBe(0)
      expect(output).not.toMatch(served)
    })
    it('gives it the project and the file', async () => {
      const { environment, folder } = runtime('echo "given: $2"; echo "sightglass: window shown"')
      const { output } = await begin([join(folder, 'mine.db')], environment).ended
      expect(output).toContain(`given: ${join(folder, 'mine.db')}`)
    })
  })

  describe('Ctrl-C', () => {
    it('leaves no process of the web host', async () => {
      const started = begin(['--browser', ...webOptions], runtime(null).environment)
      await started.said(served)
      const pids = started.children()
      expect(pids.length).toBeGreaterThan(0)
      started.interrupt()
      expect((await started.ended).code).toBe(130)
      await expectAllGone(pids)
    })
    it('leaves no process of Electron', async () => {
      const started = begin(
        [],
        runtime('sleep 62 & echo "sightglass: window shown"; echo up; wait').environment,
      )
      await started.said(/up/)
      const pids = started.children()
      expect(pids.length).toBe(2)
      started.interrupt()
      await started.ended
      await expectAllGone(pids)
    })
    it('or the end of npm, which tells nobody, leaves nothing either', async () => {
      const { environment } = runtime(null)
      const npm = start(
        [...webOptions, '--browser'],
        { ...environment, npm_lifecycle_event: 'start' },
        'by a shell',
      )
      cleanUps.push(npm.end)
      await npm.said(served)
      const pids = npm.children()
      expect(pids).toHaveLength(2)
      npm.interrupt('SIGKILL')
      await expectAllGone(pids)
    })
    it('or even a kill of npm start itself leaves no web host', async () => {
      const started = begin(['--browser', ...webOptions], runtime(null).environment)
      await started.said(served)
      const pids = started.children()
      started.interrupt('SIGKILL')
      await expectAllGone(pids)
    })
    it('kills at the second time what ignored the first', async () => {
      const script = 'trap "" INT; echo "sightglass: window shown"; echo up; while :; do sleep 0.1; done'
      const started = begin([], runtime(script).environment)
      await started.said(/up/)
      const pids = started.children()
      started.interrupt()
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(pids.some(isAlive)).toBe(true)
      started.interrupt()
      await started.ended
      await expectAllGone(pids)
    })
  })

  describe('npm start without Electron', () => {
    it('says at once that there is no display, and serves the page', async () => {
      const output = await begin(webOptions, runtime(null).environment).said(served)
      expect(output).toContain(
        'In the browser: the Electron runtime is not installed, and there is no display',
      )
    })
    it('says who does not answer when the runtime can’t be downloaded', async () => {
      const { environment } = runtime(null)
      const mirror = { DISPLAY: ':99', CI: '', ELECTRON_MIRROR: 'http://127.0.0.1:9/' }
      const output = await begin(webOptions, { ...environment, ...mirror }).said(served)
      expect(output).toContain('127.0.0.1:9 does not answer')
    })
    it('serves the page when the download breaks off', async () => {
      const { environment, folder } = runtime(null)
      const mirror = await downloadHost((request, response) => {
        response.statusCode = request.method === 'HEAD' ? 200 : 500
        response.end()
      })
      const given = {
        ...environment,
        DISPLAY: ':99',
        CI: '',
        ELECTRON_MIRROR: mirror,
        electron_config_cache: folder,
      }
      const output = await begin(webOptions, given).said(served)
      expect(output).toContain('Downloading the Electron runtime')
      expect(output).toContain('the Electron runtime could not be downloaded')
    })
    it('is served within two seconds when nothing changed', async () => {
      const { environment } = runtime(null)
      const times: number[] = []
      for (let time = 0; time < 3 && !times.some((ms) => ms < 2000); time++) {
        const began = Date.now()
        const started = begin(['--browser', ...webOptions], environment)
        const [address = ''] = served.exec(await started.said(served)) ?? []
        expect((await fetch(new URL('/', address))).status).toBe(200)
        times.push(Date.now() - began)
        await started.end()
      }
      expect(Math.min(...times)).toBeLessThan(2000)
    })
  })
}

it('the shell prints the very line that npm start waits for', () => {
  const shell = readFileSync(join(import.meta.dirname, '../../electron/window.ts'), 'utf8')
  expect(shell).toContain(`'${shownLine}'`)
})

describe('the options of npm start', () => {
  it.each([
    [['--colour'], 'npm start knows no option --colour. It knows --browser'],
    [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
    [['--port=70000'], 'not "70000".'],
    [['--port'], '--port takes a number'],
    [['a.db', 'b.db'], 'npm start opens one file; more than one was given.'],
    [['--browser', '--electron'], '--browser and --electron exclude each other.'],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const { code, output } = await begin(args, {}).ended
    expect(code).toBe(1)
    expect(output).toContain(sentence)
    expect(output.trim().split('\n')).toHaveLength(1)
  })
})

describe('where there is a display', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
    ['darwin', { CI: 'true' }, false],
  ] as const)('%s with %j: %s', (platform, environment, expected) => {
    expect(hasDisplay(environment, platform)).toBe(expected)
  })
})

describe('the download of the runtime', () => {
  it('is not begun where it does not exist', async () => {
    const mirror = await downloadHost((_request, response) => void response.writeHead(404).end())
    expect((await canDownload({ ELECTRON_MIRROR: mirror })).answers).toBe(false)
  })
  it('is begun where the host sends us on to another', async () => {
    const mirror = await downloadHost((_request, response) => void response.writeHead(302).end())
    expect((await canDownload({ ELECTRON_MIRROR: mirror })).answers).toBe(true)
  })
  it('is given up after three seconds of silence', async () => {
    const mirror = await downloadHost(() => {})
    const began = Date.now()
    expect((await canDownload({ ELECTRON_MIRROR: mirror })).answers).toBe(false)
    expect(Date.now() - began).toBeLessThan(4500)
  })
})
