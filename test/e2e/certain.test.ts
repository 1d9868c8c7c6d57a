// A file is read while the host still makes sure that its bytes are of one moment. What comes of it waits for that.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, inBrowser, inWindow, withEvents } from './window.ts'

declare global {
  interface Window {
    /** Lets the host's answer through, or another in its place. */
    answerOpening(instead?: unknown): void
  }
}

/** The page begins anew, and the last line of what the host says of the opened file is kept back. */
async function keepAnswerBack(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = window.fetch.bind(window)
    const answered = new Promise<unknown>((resolve) => (window.answerOpening = resolve))
    window.fetch = async (address, init) => {
      const response = await ask(address, init)
      if (!response.url.includes('files.open') || response.body === null) return response
      let rest = ''
      let answer = ''
      const keep = new TransformStream<string, string>({
        transform: (text, out) => {
          const lines = (rest + text).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines)
            if (line.startsWith('{"answer"')) answer = line
            else out.enqueue(`${line}\n`)
        },
        flush: async (out) => {
          const instead = await answered
          out.enqueue(`${instead === undefined ? answer : JSON.stringify({ answer: instead })}\n`)
        },
      })
      const body = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(keep)
        .pipeThrough(new TextEncoderStream())
      return new Response(body, { status: response.status, headers: response.headers })
    }
  })
  await page.reload()
}

/** All rows have been read and counted, and the window had time to show them. */
async function countedUnseen(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('sightglass percentiles').length > 0)
  await page.waitForTimeout(300)
  expect(await page.locator('main dl').count()).toBe(0)
}

describe.runIf(inBrowser)('a file that is read before it is certain', () => {
  it('shows nothing until the host says that it is of one moment, and then all', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await keepAnswerBack(page)
      await countedUnseen(page)
      await page.evaluate(() => window.answerOpening())
      await events(page, '40')
    }, withEvents(40)))

  it('shows none of it when the host says that it changed meanwhile', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await keepAnswerBack(page)
      await countedUnseen(page)
      await page.evaluate(() =>
        window.answerOpening({ ok: false, error: { kind: 'file-changed', path: '/a/telemetry.db' } }),
      )
      await page.getByText('changed while it was read').waitFor()
      expect(await page.locator('main dl').count()).toBe(0)
    }, withEvents(40)))
})
