// What only the window can do, its focus and its dialogs, for a button that stands deep within a screen.
import { createContext } from 'svelte'
import type { Hand } from './commands.ts'

export const [windowHand, giveWindowHand] = createContext<Hand>()
