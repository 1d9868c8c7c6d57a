// The local web host's entry with a page of the test's own.
import { runWeb } from '../../host/web/run.ts'

await runWeb(process.argv.splice(2, 1)[0] ?? '')
