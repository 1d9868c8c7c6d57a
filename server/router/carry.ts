import type { Response as Answer, Sealed } from '../../senders/sender.ts'

const patience = 10_000
/** A receipt is short. */
const longestAnswer = 64 * 1024

/** Over HTTP; follows no redirect, for what stands at the other end of one nobody chose. */
export async function carryHttp({ address, method, headers, body }: Sealed): Promise<Answer> {
  const answer = await fetch(address, {
    method,
    headers: { ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  })
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (await answer.text()).slice(0, longestAnswer),
  }
}
