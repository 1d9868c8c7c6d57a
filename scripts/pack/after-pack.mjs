// electron-builder calls this when a package's files lie ready, before anything is signed.
import { join } from 'node:path'
import { turnFuses } from './fuses.mjs'

/** @param {import('electron-builder').AfterPackContext} context */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename
  const programs = /** @type {Readonly<Record<string, string>>} */ ({
    darwin: `${name}.app`,
    win32: `${name}.exe`,
    linux: 'executableName' in packager ? String(packager.executableName) : name,
  })
  await turnFuses(join(appOutDir, programs[electronPlatformName] ?? name))
}
