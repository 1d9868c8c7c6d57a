// The focus is never lost: when what has it is taken out of the page (a chip is let go, a row taken off a list, a
// button has done its work), the screen itself gets it, so that the next key goes on from there.

export function keepFocus(on: HTMLElement): () => void {
  let last: Element | null = null
  const note = (event: FocusEvent): void => {
    if (event.target instanceof Element) last = event.target
  }
  const look = (): void => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return
    last = null
    on.focus({ preventScroll: true })
  }
  const watch = new MutationObserver(look)
  watch.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', note)
  return () => {
    watch.disconnect()
    document.removeEventListener('focusin', note)
  }
}
