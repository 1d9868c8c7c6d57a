// What the scripts say in English. The program's own words live in shared/words; these stand apart because the
// scripts must run on a Node that can't read TypeScript, before anything is installed.
import process from 'node:process'
import { german } from './words-de.mjs'
import { scriptLanguage } from './language.mjs'

/** @typedef {typeof english} Words */

/** @type {Readonly<Record<string, string>>} */
const parts = { alone: 'page of one file' }
/** @type {(what: string) => string} */
const part = (what) => parts[what] ?? what

const english = {
  nodeTooOld: (/** @type {string} */ version) =>
    `Sightglass starts on Node 20 or later; this is ${version}. Install a newer Node and try again.`,
  installing: 'Installing what is missing (npm ci), about half a minute …',
  installFailed: (/** @type {string} */ how) =>
    `npm ci failed (${how}); its own message stands above. Nothing else was changed. Mend that and try again.`,
  noProjectNode: (/** @type {string} */ platform) =>
    `No Node 26 is packaged for ${platform}. Sightglass runs on Linux and macOS (x64, arm64) and on Windows (x64).`,
  runNpmCi:
    'The parts that Sightglass is made of are not installed: run npm ci in its folder, then try again.',
  pageMade: (/** @type {string} */ path) =>
    `The page is ${path}. It needs nothing but itself: open it from the disk and drop a telemetry file on it.`,
  building: (/** @type {string} */ what) => `Building the ${part(what)} …`,
  buildFailed: (/** @type {string} */ what) =>
    `The ${part(what)} could not be built; the message stands above.`,

  usage: `npm start -- [FILE] [--browser | --electron] [--port N] [--no-open]

  FILE         open this telemetry file
  --browser    use the browser, even where Electron is installed
  --electron   use Electron, or fail
  --port N     the port of the local web host (else a free one)
  --no-open    print the address and open nothing`,
  unknownOption: (/** @type {string} */ option) =>
    `npm start knows no option ${option}. It knows --browser, --electron, --port N, --no-open and one FILE.`,
  badPort: (/** @type {string} */ value) => `--port takes a number from 0 to 65535, not "${value}".`,
  oneFile: 'npm start opens one file; more than one was given.',
  notBoth: '--browser and --electron exclude each other.',

  web: (/** @type {string} */ why) => `In the browser: ${why}.`,
  asked: '--browser was given',
  noDisplay: 'the Electron runtime is not installed, and there is no display to open its window on',
  noAnswer: (/** @type {string} */ host) =>
    `the Electron runtime is not installed, and ${host} does not answer within 3 seconds to download it`,
  downloading:
    'Downloading the Electron runtime, once, about 120 MB (npm start -- --browser starts without) …',
  downloadFailed: (/** @type {string} */ how) => `the Electron runtime could not be downloaded (${how})`,
  downloadTooSlow: 'the download of the Electron runtime took longer than 10 minutes',
  shellNotBuilt: 'the desktop shell could not be built',
  nodeFailed: (/** @type {string} */ how) => `Sightglass could not be started (${how}).`,
  exitedEarly: (/** @type {string} */ how) => `Electron ended before it showed a window (${how})`,
  exitedSoon: (/** @type {string} */ how) => `Electron failed right after it showed its window (${how})`,
  noWindow: (/** @type {number} */ seconds) => `Electron showed no window within ${seconds} seconds`,
  cannotRun: (/** @type {string} */ how) => `Electron could not be started (${how})`,
  electronOnly: (/** @type {string} */ why) => `--electron was given, but ${why}.`,
  noRuntimeToPack: (/** @type {string} */ host) =>
    `Packages are made around the Electron runtime, which is not installed, and ${host} does not answer to download it. Run npx install-electron where the network allows it, or name its folder in ELECTRON_OVERRIDE_DIST_PATH.`,
  packagesNotMade: 'electron-builder did not make the packages; its message stands above.',

  noBrowser:
    'No Chromium, Chrome or Edge was found. Install one, or put the path of its program into SIGHTGLASS_CHROMIUM.',
  installingPackages: (/** @type {string} */ names) => `Installing ${names} (apt-get) …`,
  workerFailed: (/** @type {string} */ what, /** @type {string} */ how) =>
    `wrangler ${what} did not work (${how}); its message stands above.`,
  packagesFailed: (/** @type {string} */ names) =>
    `apt-get could not install ${names}; its message stands above.`,
  unknownSuite: (/** @type {string} */ name, /** @type {string} */ known) =>
    `There is no suite ${name}. The suites are ${known}.`,
}

/** @type {Words} */
export const words = scriptLanguage(process.env) === 'de' ? german : english
