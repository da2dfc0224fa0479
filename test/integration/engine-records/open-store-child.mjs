import Sqlite from 'better-sqlite3'

/** Opens the store as a second process would and tells the parent what happened. */
const [file, key] = process.argv.slice(2)
try {
  const database = new Sqlite(file, { timeout: 50, fileMustExist: true })
  database.pragma("cipher = 'sqlcipher'")
  database.pragma(`key = "x'${key}'"`)
  database.pragma('locking_mode = EXCLUSIVE')
  database.exec('BEGIN IMMEDIATE; COMMIT')
  process.send('opened')
} catch (error) {
  process.send(error.code)
}
