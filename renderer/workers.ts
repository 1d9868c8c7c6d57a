// Who starts the workers. Here their code is fetched from the host; the page that stands alone carries it inside
// (alone/workers.ts), and has no bytes to bring from anywhere.
export interface Workers {
  counter(): Worker
  reader(): Worker
  /** What brings bytes from the host; null where there is none. */
  readonly ofHost: { downloader(): Worker; receiver(): Worker } | null
}

export const fetchedWorkers: Workers = {
  counter: () => new Worker(new URL('./worker/count.ts', import.meta.url), { type: 'module' }),
  reader: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  ofHost: {
    downloader: () => new Worker(new URL('./worker/download.ts', import.meta.url), { type: 'module' }),
    receiver: () => new Worker(new URL('./worker/receive.ts', import.meta.url), { type: 'module' }),
  },
}
