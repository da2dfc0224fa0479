import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { workerKeys } from '@test/fixtures/worker-keys'
import { describeSigningKeys } from '@test/unit/crypto/signing-key-contract'

const folder = mkdtempSync(join(tmpdir(), 'xinbao-holder-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeSigningKeys('keys of another program', workerKeys(folder))
