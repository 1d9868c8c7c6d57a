// ActivityWatch has three storages: the two of its Python server and that of its Rust server. An event is a span of
// time in a bucket; what kind of event it is, its bucket says.
import type { Dimension, EventSource, Format } from './format.ts'

const fromData: readonly Dimension[] = [
  { name: 'app', from: [{ json: 'app' }] },
  { name: 'title', from: [{ json: 'title' }], sensitive: true },
  { name: 'presence', from: [{ json: 'status' }] },
  { name: 'file', from: [{ json: 'file' }], sensitive: true },
  { name: 'language', from: [{ json: 'language' }] },
  { name: 'project', from: [{ json: 'project' }], sensitive: true },
]
const fromBucket = (bucket: string): readonly Dimension[] => [
  { name: 'bucket', from: [{ sql: `b.${bucket}`, join: 'b' }], sensitive: true },
  { name: 'watcher', from: [{ sql: 'b.client', join: 'b' }] },
  { name: 'computer', from: [{ sql: 'b.hostname', join: 'b' }], sensitive: true },
]

const common = {
  kind: { sql: 'b.type', join: 'b' },
  outcome: null,
  failedKinds: [],
  measures: [],
  lanes: 'app',
} as const satisfies Partial<EventSource>

const sensitive = (events: string, buckets: string, data: string): readonly string[] => [
  `${events}.${data}`,
  ...['id', 'name', 'hostname', 'datastr', 'data'].map((column) => `${buckets}.${column}`),
]

const peewee: Format = {
  name: 'activitywatch',
  title: 'ActivityWatch',
  proof: {
    eventmodel: ['id', 'bucket_id', 'timestamp', 'duration', 'datastr'],
    bucketmodel: ['key', 'id', 'type', 'client', 'hostname'],
  },
  events: {
    ...common,
    table: 'eventmodel',
    key: 'id',
    time: { from: [{ column: 'timestamp' }], encoding: 'iso' },
    json: 'datastr',
    joins: [{ as: 'b', from: 'bucketmodel', on: 'b.key = e.bucket_id', needs: { bucketmodel: ['key'] } }],
    duration: { from: [{ column: 'duration' }], toMilliseconds: 1000 },
    dimensions: [...fromData, ...fromBucket('id')],
  },
  sensitive: sensitive('eventmodel', 'bucketmodel', 'datastr'),
}

const length = '(e.endtime - e.starttime)'

/** Its bucket table has a real column that is named `rowid`. */
const sqlite: Format = {
  ...peewee,
  proof: {
    events: ['id', 'bucketrow', 'starttime', 'endtime', 'datastr'],
    buckets: ['rowid', 'id', 'type', 'client', 'hostname'],
  },
  events: {
    ...common,
    table: 'events',
    key: 'id',
    time: { from: [{ column: 'starttime' }], encoding: 'microseconds' },
    json: 'datastr',
    joins: [{ as: 'b', from: 'buckets', on: 'b.rowid = e.bucketrow', needs: { buckets: ['rowid'] } }],
    duration: { from: [{ sql: length }], toMilliseconds: 1e-3 },
    dimensions: [...fromData, ...fromBucket('id')],
  },
  sensitive: sensitive('events', 'buckets', 'datastr'),
}

const rust: Format = {
  ...peewee,
  proof: {
    events: ['id', 'bucketrow', 'starttime', 'endtime', 'data'],
    buckets: ['id', 'name', 'type', 'client', 'hostname'],
  },
  events: {
    ...common,
    table: 'events',
    key: 'id',
    time: { from: [{ column: 'starttime' }], encoding: 'nanoseconds' },
    json: 'data',
    joins: [{ as: 'b', from: 'buckets', on: 'b.id = e.bucketrow', needs: { buckets: ['id'] } }],
    duration: { from: [{ sql: length }], toMilliseconds: 1e-6 },
    dimensions: [...fromData, ...fromBucket('name')],
  },
  sensitive: sensitive('events', 'buckets', 'data'),
}

export const activityWatch: readonly Format[] = [peewee, sqlite, rust]
