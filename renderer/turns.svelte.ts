// Much that is made at once would hold the window up while workers keep every core busy: each part of a screen is made
// in a task of its own, one after the other in the order of the page, and frames are painted in between.

/** So many milliseconds may be worked until a frame is waited for. */
const stretch = 10

let last: Promise<unknown> = Promise.resolve()
let waiting = 0
let since = 0
let busy = $state(false)

/** Whether parts of the screen are still to be made. */
export const isMaking = (): boolean => busy

/** Resolves when what has changed by now is painted, and every part of the screen made. */
export async function drawn(): Promise<void> {
  do await new Promise<void>((resolve) => requestAnimationFrame(() => void scheduler.postTask(resolve)))
  while (isMaking())
}

/** Resolves when everything that asked before has had a task to itself. */
export function inTurn(): Promise<unknown> {
  if (waiting++ === 0) {
    since = performance.now()
    queueMicrotask(tell) // it is asked for while the screen is drawn, which is no time to change it
  }
  last = last.then(next).finally(() => {
    if (--waiting === 0) tell()
  })
  return last
}

function tell(): void {
  busy = waiting > 0
}

async function next(): Promise<void> {
  await scheduler.postTask(() => {}, { priority: 'user-visible' })
  // where the window isn't seen, no frame comes
  if (performance.now() - since < stretch || document.visibilityState !== 'visible') return
  await new Promise<void>((resolve) =>
    requestAnimationFrame(() => void scheduler.postTask(resolve, { priority: 'user-visible' })),
  )
  since = performance.now()
}
