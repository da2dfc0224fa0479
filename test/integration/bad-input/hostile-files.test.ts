import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { benchOfFile, outcomeOf, recordsOf } from '@test/fixtures/bad-input/case-bench'
import { hostileFiles } from '@test/fixtures/bad-input/hostile-files'

const bench = benchOfFile()

it.each(hostileFiles)('$id $title is refused as a whole, in words', async ({ name, code, says, bytes }) => {
  const path = bench().at(name)
  writeFileSync(path, bytes())
  const outcome = await outcomeOf(bench().importFile(path))
  expect(outcome).toMatchObject({ code })
  if (!('code' in outcome)) return
  const sentence = failureSentence(outcome)
  expect(sentence).toMatch(says)
  expect(sentence).toMatch(/请.*。$/)
  expect(sentence).not.toMatch(/[{}]|—|undefined|Error/)
  expect(recordsOf(bench())).toEqual([])
})
