// Carries a sender's requests as the host does: keys put in at the last moment, sealed, over a real connection, and
// no redirect followed.
import { keyMark } from '../../../senders/sender.ts'
import type { Outcome, Request, Response as Answer, Sealed, Sender, Told } from '../../../senders/sender.ts'

export async function send(sender: Sender, request: Request, keys: Told, now: number): Promise<Outcome> {
  const ready = withKeys(request, keys)
  const outcome = sender.understand(await carry((await sender.seal?.(ready, keys, now)) ?? ready))
  return outcome.kind === 'elsewhere'
    ? sender.understand(await answerOf(await fetch(outcome.address)))
    : outcome
}

async function carry({ address, method, headers, body }: Sealed): Promise<Answer> {
  return answerOf(await fetch(address, { method, headers: { ...headers }, body, redirect: 'manual' }))
}

const answerOf = async (answer: Response): Promise<Answer> => ({
  status: answer.status,
  headers: Object.fromEntries(answer.headers),
  body: await answer.text(),
})

export function withKeys(request: Request, keys: Told): Request {
  const put = (text: string, write: (key: string) => string): string =>
    Object.entries(keys).reduce((all, [need, key]) => all.replaceAll(keyMark(need), write(key)), text)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, put(value, (key) => key)])
  return {
    ...request,
    headers: Object.fromEntries(headers),
    body: put(request.body, (key) => JSON.stringify(key).slice(1, -1)),
  }
}
