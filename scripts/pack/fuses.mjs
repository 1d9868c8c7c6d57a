// Switches inside Electron's own program, which no setting can turn again once a package is made. Each is named with
// what it is for; the wire is read back after it was written, for a fuse that is not as it says here is no protection.
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

/** @typedef {keyof typeof FuseV1Options} FuseName */

/** @type {Readonly<Record<FuseName, boolean>>} */
export const fuses = {
  /** ELECTRON_RUN_AS_NODE would make the signed program run anybody's script. Our children are utility processes. */
  RunAsNode: false,
  EnableCookieEncryption: true,
  /** NODE_OPTIONS could load code before ours. */
  EnableNodeOptionsEnvironmentVariable: false,
  /** --inspect would open the program to whoever can start it. */
  EnableNodeCliInspectArguments: false,
  /** On macOS and Windows a changed archive doesn't start; Linux has no such check. */
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  /** There is no snapshot of our own. */
  LoadBrowserProcessSpecificV8Snapshot: false,
  /** The page lies at app://, and file:// gets nothing beyond what a browser gives it. */
  GrantFileProtocolExtraPrivileges: false,
  /** Without it WebAssembly, which reads the files, checks each access to memory by itself. */
  WasmTrapHandlers: true,
}

/** Numbers are the other direction of the enumeration. */
const names = /** @type {FuseName[]} */ (Object.keys(FuseV1Options).filter((name) => /\D/.test(name)))

/**
 * Turns them all, and fails where one is not as it should be, or where Electron has one that isn't in the table.
 * @param {string} program
 */
export async function turnFuses(program) {
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...byNumber(),
  })
  const wrong = await wrongFuses(program)
  if (wrong.length > 0) throw new Error(`fuses of ${program} are not as they should be: ${wrong.join(', ')}`)
}

/** @returns {Record<FuseV1Options, boolean>} */
function byNumber() {
  return {
    [FuseV1Options.RunAsNode]: fuses.RunAsNode,
    [FuseV1Options.EnableCookieEncryption]: fuses.EnableCookieEncryption,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: fuses.EnableNodeOptionsEnvironmentVariable,
    [FuseV1Options.EnableNodeCliInspectArguments]: fuses.EnableNodeCliInspectArguments,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: fuses.EnableEmbeddedAsarIntegrityValidation,
    [FuseV1Options.OnlyLoadAppFromAsar]: fuses.OnlyLoadAppFromAsar,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: fuses.LoadBrowserProcessSpecificV8Snapshot,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: fuses.GrantFileProtocolExtraPrivileges,
    [FuseV1Options.WasmTrapHandlers]: fuses.WasmTrapHandlers,
  }
}

/**
 * The names of those that are not as the table says.
 * @param {string} program
 */
export async function wrongFuses(program) {
  const wire = await getCurrentFuseWire(program)
  return names.filter(
    (name) => wire[FuseV1Options[name]] !== (fuses[name] ? FuseState.ENABLE : FuseState.DISABLE),
  )
}
