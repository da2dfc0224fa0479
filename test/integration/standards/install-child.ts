/** Installs a package into a desk again and again under new version numbers until it is killed. Arguments: see below. */
import { readFileSync } from 'node:fs'
import { createEngine } from '@engine/compose'
import { softwareKey } from '@engine/crypto/software-keys'
import { issuePackage } from '@engine/standards/package-signing'
import { readPack } from '@engine/standards/standard-loader'
import { uuidIds } from '@engine/system-ids'
import { createTokenFiles } from '@engine/token-files'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [dataDir, resourceDir, storeKey, keyFile, scratchDir] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]
const privateKey = readFileSync(keyFile, 'utf8')
const files = createTokenFiles()
const engine = await createEngine({
  ...{ dataDir, resourceDir, storeKey, files, ids: uuidIds },
  clock: { now: () => '2026-03-02T01:00:00.000Z' },
  log: { info: () => undefined, error: (event, error) => console.error(event, error) },
  launchSheetChild: () => {
    throw new Error('no file is imported here')
  },
  mode: 'live',
  appVersion: '0.0.0',
  practice: null,
})
const shipped = readPack(join(resourceDir, 'standards/pingxiang-credit/2026.1'))
for (let number = 2; number < 1_000; number++) {
  const pack = { ...shipped, version: `2026.${number}`, from: '2026-03-01' }
  const statement = { region: '360300', supersedes: `2026.${number - 1}`, changes: '' }
  const path = join(scratchDir, `${number}.json`)
  writeFileSync(path, issuePackage(pack, statement, softwareKey(privateKey)).text)
  const token = `package-${number}`
  files.register({ role: 'source', token, path, name: 'pack.json' })
  const answer = await engine.call('standard.install', { file: token })
  process.stdout.write(`${number} ${answer.ok}\n`)
}
