import type { Job } from '../jobs.ts'
import type { SampleMade } from '../../shared/bridge.ts'
import { fail } from '../../shared/result.ts'

export interface MakeSample {
  input: {
    readonly format: 'smart-agents'
    readonly events: number
    readonly seed: number
    readonly until: number
    readonly path: string
    readonly overwrite: boolean
  }
  output: SampleMade
}

export const makeSample: Job<'sample'> = async (input) => fail({ kind: 'not-writable', path: input.path })
