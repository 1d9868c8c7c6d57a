// The agreement between the local web host and its page: addresses and header names, in one place for both.
// POST /session {code} gives {token} and sets a cookie; every other request for data needs both.
// POST /call/NAME answers with a Result. POST /stream/NAME answers with lines of JSON: {"item": …}, and last
// {"answer": Result}; closing the request cancels. GET /bytes/ID gives bytes, and understands Range.

export const tokenHeader = 'x-sightglass-token'
export const address = {
  session: '/session',
  call: '/call/',
  stream: '/stream/',
  bytes: '/bytes/',
} as const
/** The one-time code stands in the fragment, which no server log and no Referer ever sees: `/#code=…&open=…`. */
export const fragment = { code: 'code', open: 'open' } as const
