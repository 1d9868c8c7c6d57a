// Every command, loaded. The command line itself loads the one that is asked for.
import { commands as listed } from '../../host/cli/commands.ts'

export const commands = await Promise.all(listed.map((one) => one.load()))
