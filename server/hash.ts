import { hexOf } from './network.ts'

/** In hex. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

export const hashOf = (text: string): Promise<string> => sha256Of(new TextEncoder().encode(text))
