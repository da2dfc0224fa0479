import { describe, expect, it } from 'vitest'
import { createLogTail } from '@engine/services/log-tail'
import { safeDetail, safeLogFile, safeStack, safeWord } from '@engine/services/log-redaction'

describe('a line of the log that leaves the desk', () => {
  it('keeps codes and counts, and nothing that could be a name, a code of a person or a key', () => {
    expect(['storage.in-use', 'XZXK_FR', 'http', 'engine.opened'].map(safeWord)).not.toContain('***')
    for (const text of [
      '张示例',
      '91360302MA35EXAMPL',
      '36030019900101001X',
      'a'.repeat(60),
      '',
      'C:\\Users\\x',
    ])
      expect(safeWord(text)).toBe('***')
    expect(safeWord(`k${'0f'.repeat(10)}`)).toBe('***')
    expect(safeDetail({ count: 3, ok: true, none: null, who: '张示例', 李: 1 })).toEqual({
      ...{ count: 3, ok: true, none: null, who: '***' },
    })
  })

  it('keeps the places of an error, without its message and the folders', () => {
    const stack = [
      'TypeError: cannot read 张示例',
      '    at Object.open (/home/zhang/xinbao/out/main/engine.js:1:2)',
      '    at async file:///C:/Users/%E5%BC%A0/out/main/engine.js:3:4',
      'and more 张示例',
    ].join('\n')
    expect(safeStack(stack)).toBe('TypeError\n    at Object.open engine.js:1:2\n    at engine.js:3:4')
  })

  it('drops lines of a file that are of no known form', () => {
    const text = '[2026-03-02 09:00:00.123] [info]  a.b {"x":"张"}\n张示例\n[2026] what\n'
    expect(safeLogFile(text, 10)).toBe('2026-03-02 09:00:00.123 info a.b {"x":"***"}')
  })

  it('is remembered as it passes, the last ones only', () => {
    const passed: string[] = []
    const tail = createLogTail(
      { info: (event) => passed.push(event), error: (event) => passed.push(event) },
      { now: () => '2026-03-02T01:00:00.000Z' },
    )
    for (let n = 0; n < 400; n++) tail.log.info('step', { n })
    tail.log.error('broke', new Error('张示例'), { name: '张示例' })
    expect(passed).toHaveLength(401)
    expect(tail.lines()).toHaveLength(300)
    expect(tail.lines().join('\n')).not.toContain('张')
    expect(tail.lines().at(-1)).toContain('error broke {"name":"***"}\nError\n    at ')
  })
})
