// To a part of the screen: to everything that was ever sent, by its button, the palette or its key; and to the choice.
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

export function toChoice(): void {
  const section = document.querySelector<HTMLElement>('#sharing-choice')
  if (section !== null) show(section)
}

function show(section: HTMLElement): void {
  section.scrollIntoView({ block: 'start' })
  section.focus({ preventScroll: true })
}
