/** Writes to a store in bulk until somebody kills it: one unit that is committed, then one that never ends. */
import { createStore, openDatabase } from '@engine/repos/database'

const [file = '', key = ''] = process.argv.slice(2)
const database = openDatabase({ file, key })
// So little is held back that pages of the second unit reach the file before its end.
database.pragma('cache_size = -200')
const insert = database.prepare('INSERT INTO setting VALUES (?, ?)')
const store = createStore(database)
const fill = (name: string): void => {
  for (let i = 0; i < 2_000; i++) insert.run(`${name}-${i}`, JSON.stringify('许'.repeat(300)))
}
await store.inBulk(() => {
  store.write(() => fill('committed'))
  store.write(() => {
    fill('lost')
    database.prepare('UPDATE setting SET value_json = \'"lost"\'').run()
    process.send?.(database.pragma('journal_mode', { simple: true }))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
  return Promise.resolve()
})
