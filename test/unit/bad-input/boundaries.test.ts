import { describe, expect, it } from 'vitest'
import { parseCall } from '@shared/contract/parse-call'
import { FailureError } from '@shared/kernel/failure'
import { readBureau, readClientId, readPlatformUrl } from '@cli/desk-identity'
import { issueView } from '@engine/services/checking-issue-view'
import { checkPlatformAddress } from '@engine/transports/platform-address'
import { testBureau } from '@test/fixtures/invented-subjects'
import { typeOf } from '@test/unit/standard/sample-standard'

const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'accepted'
}
const connection = {
  platformUrl: 'https://exchange.example.gov.cn/api/v1',
  clientId: 'px-0001',
  platformPublicKey: `04${'a'.repeat(128)}`,
}

describe('what a page or a command may hand over', () => {
  it.each([
    'url(https://x.invalid)',
    'expression(alert(1))',
    'red;background:url(x)',
    'data:text/html,<script>',
  ])('I6 %s is no appearance', (text) => {
    expect(parseCall('settings.set', { theme: text })).toMatchObject({ ok: false })
    expect(parseCall('settings.set', { density: text })).toMatchObject({ ok: false })
    expect(parseCall('settings.set', { colour: text })).toMatchObject({ ok: false })
  })

  it.each([
    'data:text/html,/api/v1',
    'javascript:alert(1)//api/v1',
    'file:///api/v1',
    'https://x.invalid/api/v1?u=javascript:',
  ])('I6 %s is no address of a platform', (text) => {
    expect(checkPlatformAddress(text).ok).toBe(false)
    expect(refusal(() => readPlatformUrl(text))).toBe('usage.invalid')
  })

  it.each(['desk\r\nX-Evil: 1', 'desk\n', 'de sk', 'desk\u0000', '席位', ''])(
    'I7 %j is no client id',
    (clientId) => {
      expect(parseCall('connection.save', { ...connection, clientId }).ok).toBe(false)
      expect(refusal(() => readClientId(clientId))).toBe('usage.invalid')
    },
  )

  it.each([`${testBureau.code.slice(0, 16)}\r\n`, `${testBureau.code}\r\nX: 1`, '', 'I'.repeat(18)])(
    'I7 %j is no bureau code',
    (code) => {
      const bureau = { code, name: testBureau.name }
      expect(parseCall('host.switchMode', { mode: 'live', bureau }).ok).toBe(false)
      expect(refusal(() => readBureau(code, testBureau.name))).toBe('usage.invalid')
    },
  )

  it.each(['局\r\nX: 1', '局', '', 'x'.repeat(101)])('I7 %j is no bureau name', (name) => {
    expect(parseCall('host.switchMode', { mode: 'live', bureau: { code: testBureau.code, name } }).ok).toBe(
      false,
    )
    expect(refusal(() => readBureau(testBureau.code, name))).toBe('usage.invalid')
  })

  it('I7 what is right passes', () => {
    expect(parseCall('connection.save', connection).ok).toBe(true)
    expect(readBureau(testBureau.code, ` ${testBureau.name} `)).toEqual(testBureau)
    expect(readClientId('px-0001')).toBe('px-0001')
    expect(readPlatformUrl('https://exchange.example.gov.cn/api/v1/')).toBe(connection.platformUrl)
  })
})

describe('what a platform says of a record', () => {
  const issue = { code: 'platform.9999', severity: 'error', field: null, value: null } as const
  const view = (serverText: string) => issueView(typeOf('XZXK_FR'), { ...issue, params: { serverText } })

  it('R16 markup stays text, and a reason of 1 MB is cut', () => {
    const markup = '<img src=x onerror=alert(1)>'
    expect(view(markup).serverText).toBe(markup)
    expect(view(markup).message).not.toContain('<')
    const long = view('理'.repeat(1_000_000))
    expect(long.serverText).toHaveLength(2_000)
    expect(long.message.length).toBeLessThan(200)
  })

  it('R16 the cut never splits a character', () => {
    expect(view(`${'a'.repeat(1_999)}𠮷`).serverText?.isWellFormed()).toBe(true)
  })
})

describe('X11 a yes-or-no field', () => {
  const type = typeOf('YJ_QSB')
  const flag = type.fields.find((field) => field.type === 'flag')!.code
  const read = (text: string, kind: 'text' | 'boolean' | 'number') =>
    type.normalise({ [flag]: { text, kind } })

  it.each([
    ['TRUE', 'boolean'],
    ['1', 'number'],
    ['是', 'text'],
    ['√', 'text'],
    ['有', 'text'],
    ['FALSE', 'boolean'],
    ['0', 'number'],
    ['否', 'text'],
  ] as const)('X11 %s of a %s cell is brought to one spelling', (text, kind) => {
    const { values, issues } = read(text, kind)
    expect(values[flag]).toMatch(/^[01]$/)
    expect(issues).toEqual([])
  })

  it('X11 another word is left to the check, which refuses it', () => {
    const { values } = read('也许', 'text')
    const codes = type.check(values, { today: '2026-11-23' }).map(({ code }) => code)
    expect(codes).toContain('flag.malformed')
  })
})
