import { describe, expect, it } from 'vitest'
import { failure, failureCodes } from '@shared/kernel/failure'
import { failureSentence, failureTexts } from '@shared/texts/zh-CN/failures'
import { read, sourceFiles } from './source-files'

describe('the closed list of failures', () => {
  it('is frozen: a removed or renamed code is a breaking change', () => {
    expect(failureCodes).toMatchSnapshot()
  })

  it('has a sentence for each code that names a next step or says what is safe', () => {
    for (const code of failureCodes) {
      const sentence = failureTexts[code]
      expect(sentence, code).toMatch(/[，。：；].*[。]$/)
      expect(failureSentence(failure(code)), code).not.toMatch(/[{}]/)
    }
  })

  it('has no code that nothing uses', () => {
    const sources = sourceFiles(['electron', 'shared', 'renderer'], ['.ts', '.vue'])
      .filter((file) => !/shared\/(kernel\/failure|texts\/zh-CN\/failures)\.ts$/.test(file))
      .map(read)
      .join('\n')
    expect(failureCodes.filter((code) => !sources.includes(`'${code}'`))).toEqual([])
  })
})
