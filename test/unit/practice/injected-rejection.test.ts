import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '@engine/crypto/digest'
import { loadShippedStandards } from '@practice/standard-folder'
import { injectedRejection } from '@practice/scenarios/injected-rejection'
import { platformCodes, unregisteredMark } from '@shared/texts/zh-CN/practice'

const standards = loadShippedStandards(resolve(import.meta.dirname, '../../../resources')).map(
  ({ standard }) => standard,
)
const types = standards.flatMap((standard) => [...standard.types.values()])

describe('injected rejections', () => {
  it.each(types.map((type) => [type.spec.code, type] as const))(
    'fit a field of %s that has a value',
    (_code, type) => {
      const filled = Object.fromEntries(type.fields.map((field) => [field.code, `值${field.code}`]))
      const seen = new Set<string>()
      for (let number = 0; number < 400; number++) {
        const sha256 = sha256Hex(String(number))
        const error = injectedRejection({ seed: 1, share: 1, sha256, type, payload: type.payload(filled) })
        expect(error).not.toBeNull()
        expect(platformCodes).toContain(error!.code)
        expect(type.payload(filled)[error!.field!]).toBe(error!.value)
        expect(injectedRejection({ seed: 1, share: 1, sha256, type, payload: type.payload(filled) })).toEqual(
          error,
        )
        seen.add(error!.code)
      }
      // A short table without document number or free text leaves little to find fault with.
      expect(seen.size).toBeGreaterThanOrEqual(4)
    },
  )

  it('do not happen at a share of 0, nor to an empty record', () => {
    const type = types[0]!
    const common = { seed: 1, sha256: sha256Hex('x'), type }
    expect(
      injectedRejection({ ...common, share: 0, payload: { [type.spec.search.subjectName]: '名' } }),
    ).toBeNull()
    const nothing = injectedRejection({ ...common, share: 1, payload: {} })
    expect(nothing === null || nothing.code === '1003').toBe(true)
  })

  it('always name a subject that says of itself that it is not registered, unless nothing is refused', () => {
    const type = types[0]!
    const payload = { [type.spec.search.subjectName]: `示例${unregisteredMark}公司` }
    for (let number = 0; number < 50; number++) {
      const input = { seed: 1, share: 0.01, sha256: sha256Hex(String(number)), type, payload }
      expect(injectedRejection(input)).toMatchObject({ code: '1001', field: type.spec.search.subjectName })
      expect(injectedRejection({ ...input, share: 0 })).toBeNull()
    }
  })
})
