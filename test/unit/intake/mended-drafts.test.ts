import { describe, expect, it } from 'vitest'
import type { Issue } from '@shared/standard/issue'
import { isMendedFrom } from '@engine/services/intake-mended-drafts'
import { soundLicence } from '@test/integration/engine-records/records-bench'
import { typeOf } from '@test/unit/standard/sample-standard'

const { spec } = typeOf('XZXK_FR')
const error = (field: string, severity: Issue['severity'] = 'error'): Issue => ({
  code: 'some.rule',
  severity,
  field,
  value: null,
  params: {},
})
type Values = Readonly<Record<string, string>>

/** Whether the sound licence with `now` mends a draft of it with `then`, of which some fields were blamed. */
const mends = (then: Values, blamed: readonly string[], now: Values = {}) =>
  isMendedFrom(
    spec,
    {
      values: { ...soundLicence, ...then },
      issues: blamed.map((field) => error(field)),
    },
    { ...soundLicence, ...now },
  )

describe('a row that mends a draft', () => {
  it('has the document number and the subject of the draft; what was blamed may differ', () => {
    expect(mends({ XK_XDR_SHXYM: '91360302230001009X' }, ['XK_XDR_SHXYM'])).toBe(true)
    expect(mends({ XK_XDR_MC: '萍乡市' }, ['XK_XDR_MC'])).toBe(true)
    expect(mends({ XK_WSH: '萍市监许（2026）401号' }, [])).toBe(true)
  })

  it('may be told otherwise in what tells no decisions apart', () => {
    expect(mends({ XK_XDR_SHXYM: '91360302230001009X' }, ['XK_XDR_SHXYM'], { XK_NR: '另一内容' })).toBe(true)
  })

  it('is another decision where a sound number, code, name or authority differs', () => {
    expect(mends({ XK_XDR_SHXYM: '91360302230001009X' }, [])).toBe(false)
    expect(mends({ XK_WSH: '萍市监许〔2026〕402号' }, ['XK_NR'])).toBe(false)
    expect(mends({ XK_XKJGDM: '11360300014500007J' }, ['XK_NR'])).toBe(false)
    expect(mends({ XK_XDR_MC: '萍乡市示例第2号贸易有限公司' }, ['XK_XDR_SHXYM'])).toBe(false)
  })

  it('without a document number is known by all that was in order', () => {
    expect(mends({ XK_WSH: '' }, ['XK_WSH'])).toBe(true)
    expect(mends({ XK_WSH: '2.026E+17' }, ['XK_WSH'])).toBe(true)
    expect(mends({ XK_WSH: '' }, ['XK_WSH'], { XK_JDRQ: '2026-11-19' })).toBe(false)
    expect(mends({ XK_WSH: '', XK_JDRQ: '2026-13-01' }, ['XK_WSH', 'XK_JDRQ'])).toBe(true)
  })

  it('is no guess: a draft with hardly anything in it is nobody’s', () => {
    const draft = { values: { XK_XDR_MC: soundLicence['XK_XDR_MC']!, XK_ZT: '1' }, issues: [error('XK_WSH')] }
    expect(isMendedFrom(spec, draft, soundLicence)).toBe(false)
  })

  it('a warning blames nobody', () => {
    const draft = {
      values: { ...soundLicence, XK_XDR_SHXYM: '91360302230001009X' },
      issues: [error('XK_XDR_SHXYM', 'warning')],
    }
    expect(isMendedFrom(spec, draft, soundLicence)).toBe(false)
  })
})
