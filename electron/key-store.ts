// The system's key store, as Electron reaches it: the keychain, DPAPI, or the desktop's keyring. On a Linux desktop
// without a keyring Electron seals with a password that is the same everywhere, which is no store at all.
import type { SafeStorage } from 'electron'
import type { KeyStore } from '../host/sharing/key-file.ts'

type Reached = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** Asked anew each time: it is there only once the program is ready, and a keyring can be locked meanwhile. */
export function keyStoreOf(reached: Reached, platform: NodeJS.Platform): KeyStore {
  const isThere = async (): Promise<boolean> =>
    (platform !== 'linux' || !['basic_text', 'unknown'].includes(reached.getSelectedStorageBackend())) &&
    (await reached.isAsyncEncryptionAvailable())
  const tried = async (act: () => Promise<string>): Promise<string | null> => {
    try {
      return (await isThere()) ? await act() : null
    } catch {
      return null // Electron's words for it may hold parts of what it was given
    }
  }
  return {
    seal: (key) => tried(async () => (await reached.encryptStringAsync(key)).toString('base64')),
    open: (sealed) =>
      tried(async () => (await reached.decryptStringAsync(Buffer.from(sealed, 'base64'))).result),
  }
}
