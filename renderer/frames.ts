/** Resolves when so many frames have been painted; at once where none is painted because the window isn't seen. */
export async function afterFrames(count: number): Promise<void> {
  for (let painted = 0; painted < count && document.visibilityState === 'visible'; painted++)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
