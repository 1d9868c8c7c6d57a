// To a part of the screen: to everything that was ever sent, by its button, the palette or its key; to the choice; and from
// there to what is true now.
// A key may be quicker than the screen is there.
let wanted = false

export function toLog(): void {
  const section = document.querySelector<HTMLElement>('#sharing-log')
  wanted = section === null
  if (section !== null) show(section)
}

/** The log is on the screen now. */
export function logIsThere(section: HTMLElement): void {
  if (wanted) show(section)
  wanted = false
}

export const toChoice = (): void => to('#sharing-choice')
export const toState = (): void => to('#sharing-state')

function to(part: string): void {
  const section = document.querySelector<HTMLElement>(part)
  if (section !== null) show(section)
}

function show(section: HTMLElement): void {
  section.scrollIntoView({ block: 'start' })
  section.focus({ preventScroll: true })
}
