// Progress on standard error, where a person watches: one line that is drawn over and taken away at the end.
import type { Progress } from '../../shared/bridge.ts'
import { cli } from './speech.ts'
import type { Context } from './command.ts'
import * as figures from './figures.ts'

const patience = 300
const pause = 80

export function showProgress({ err, now }: Pick<Context<never>, 'err' | 'now'>) {
  const begun = now()
  let shown = 0
  return {
    show({ phase, done, total }: Progress): void {
      const at = now()
      if (!err.isTerminal || at - begun < patience || at - shown < pause || total <= 1) return
      shown = at
      const part = figures.share(done, total)
      err.write(`\r\u001b[K${cli.phases[phase]} ${part}  (${figures.count(done)} / ${figures.count(total)})`)
    },
    end(): void {
      if (shown !== 0) err.write('\r\u001b[K')
    },
  }
}
