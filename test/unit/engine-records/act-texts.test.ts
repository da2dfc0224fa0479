import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actText, actTexts } from '@shared/texts/zh-CN/acts'

const engine = join(import.meta.dirname, '../../../electron/engine')

it('every act that the engine writes has a sentence', () => {
  const written = new Set<string>()
  for (const folder of ['services', 'handlers']) {
    for (const name of readdirSync(join(engine, folder))) {
      const source = readFileSync(join(engine, folder, name), 'utf8')
      const acts =
        /(?:act: |log\(|move\(batchId, '[a-z]+', |drafted\w* = )'((?:desk|settings|connection|import|record|batch|receipt|item|notice|feed|standard)\.[a-z-]+)'/g
      for (const [, act] of source.matchAll(acts)) written.add(act!)
    }
  }
  expect(written.size).toBeGreaterThan(20)
  expect([...written].filter((act) => !Object.hasOwn(actTexts, act))).toEqual([])
})

it('fills what an act is about and shows an unknown act by its name', () => {
  expect(actText('batch.sealed', { label: '20261120-1' })).toBe('封存为批次 20261120-1')
  expect(actText('record.imported', { row: 7 })).toContain('第 7 行')
  expect(actText('record.future', {})).toBe('record.future')
  expect(actText('constructor', {})).toBe('constructor')
})
