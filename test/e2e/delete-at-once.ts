// Deletions that are not held back, for specs of what comes after: that they are, for ten seconds, others test.
import type { Page } from 'playwright-core'
import { address } from '../../shared/web.ts'

/** On the web host, where a request of the page can be changed on its way. In a shell it is waited for. */
export async function deleteAtOnce(page: Page): Promise<void> {
  await page.route(`**${address.stream}erase.run`, (route) => {
    const asked = route.request().postDataJSON() as object // the page's own request
    return route.continue({ postData: { ...asked, now: true } })
  })
}
