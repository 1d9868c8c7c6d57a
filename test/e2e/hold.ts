// A reading that stands still in the middle, so that a spec can look at it: the host's bytes come up to a point.
import type { Page } from 'playwright-core'

/** Lets so many pieces of a file through, one every 200 ms, and no more. */
export async function holdReading(page: Page, pieces: number): Promise<void> {
  let given = 0
  await page.route('**/bytes/**', async (route) => {
    if (++given > pieces) return // it waits until its page is gone
    await new Promise((resolve) => setTimeout(resolve, 200 * given))
    await route.continue()
  })
}
