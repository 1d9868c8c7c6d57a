import { begin } from '../begin.ts'
import { connectAlone } from './bridge.ts'

declare global {
  interface ImportMetaEnv {
    readonly SIGHTGLASS_VERSION: string
  }
}

void begin(connectAlone(window, import.meta.env.SIGHTGLASS_VERSION))
