import { identifiers, type IdentifierKind } from '@shared/standard/identifiers/identifier-registry'
import { identifierFix } from '@shared/standard/identifiers/identifier-fix'
import { extendLegacyResidentId } from '@shared/standard/identifiers/resident-id'
import { describe, expect, it } from 'vitest'

const TODAY = '2026-11-23'

/** Vectors of the standards and of public registers; every check character was computed again by hand. */
const sound: Readonly<Partial<Record<IdentifierKind, readonly string[]>>> = {
  uscc: [
    '914403001922038216',
    '91110000802100433B',
    '91110108551385082Q',
    '91440300708461136T',
    '91330100799655058B',
    '91100000100003962T',
    '911100001000044477',
    '911100001000054748',
    '91110000710926094P',
    '91110000710925462X',
    '9111000071093123XX',
    '91440400192548256N',
    '91440300192317458F',
    '91440606722473344C',
    '9152000071430580XT',
    '9144030010001686XA',
    '91440300192181490G',
    '91360000625912173B',
    '91360000158264065X',
    '12100000400002259P',
    '12100000400000624D',
    '91230500MA1B3N1N2M',
    '11230500001755309F',
    '91320105780688132K',
    '91320100748204660Q',
    '11320100MB1886843H',
    '91350100M000100Y43',
  ],
  orgCode: ['D2143569X', '192203821', '708461136', '71093123X'],
  residentId: ['11010519491231002X', '440524188001010014'],
  regNo15: ['110108000000016'],
  taxNo: ['91360000625912173B', '360302158264065', '36030215826406512', '36030215826406512345'],
  institutionNo: ['136030000012'],
  passport: ['E12345678'],
  homeReturnPermit: ['H12345678', 'M1234567801'],
  taiwanPermit: ['12345678', '1234567890'],
  foreignResidentCard: ['USA123456789012', '91112319900101001X'],
}

const unsound: readonly (readonly [IdentifierKind, string, string])[] = [
  ['uscc', '914403001922038217', 'check-digit'],
  ['uscc', '91440300I922038216', 'characters'],
  ['uscc', '91440300192203821', 'shape'],
  ['uscc', '00000000000000000X', 'placeholder'],
  ['uscc', '91110108592346655R', 'check-digit'],
  ['uscc', '110108000000016', 'legacy'],
  ['uscc', 'D2143569X', 'legacy'],
  ['orgCode', 'D21435691', 'check-digit'],
  ['orgCode', 'D2143569', 'shape'],
  ['residentId', '110105194912310021', 'check-digit'],
  ['residentId', '110105194902310026', 'date'],
  ['residentId', '1101051949123100X', 'shape'],
  ['residentId', '11010519491231002X1', 'shape'],
  ['residentId', '990101194912310027', 'region'],
  ['residentId', '110105491231002', 'legacy'],
  ['residentId', '110105490231002', 'date'],
  ['regNo15', '110108000000017', 'check-digit'],
  ['regNo15', '440300000025945', 'check-digit'],
  ['taxNo', '3603021582640', 'shape'],
  ['institutionNo', '13603000001', 'shape'],
  ['passport', 'E1', 'shape'],
]

describe('identifiers', () => {
  for (const [kind, values] of Object.entries(sound)) {
    it.each(values)(`${kind} %s holds`, (value) => {
      expect(identifiers[kind as IdentifierKind](value, TODAY)).toBeNull()
    })
  }

  it.each(unsound)('%s %s: %s', (kind, value, finding) => {
    expect(identifiers[kind](value, TODAY)).toBe(finding)
  })

  it('reports the organisation part of a code that holds otherwise', () => {
    expect(identifiers.uscc('91360300123456789A')).toBe('embedded-org-code')
  })

  it('finds every single wrong character of a credit code and of a resident number', () => {
    for (const [kind, value] of [
      ['uscc', '91360000625912173B'],
      ['residentId', '11010519491231002X'],
    ] as const) {
      for (let at = 0; at < value.length; at++) {
        for (const other of '0123456789') {
          if (other === value[at]) continue
          const wrong = value.slice(0, at) + other + value.slice(at + 1)
          expect([wrong, identifiers[kind](wrong, TODAY)]).not.toEqual([wrong, null])
        }
      }
    }
  })

  it('bounds a birth date by today', () => {
    expect(identifiers.residentId('110105202611240014', '2026-11-23')).toBe('date')
  })
})

describe('fixes', () => {
  it('never extends a 15-digit number', () => {
    expect(extendLegacyResidentId('110105491231002')).toBe('11010519491231002X')
    expect(identifierFix('residentId', '110105491231002', TODAY)).toBeNull()
  })

  it('tidies what then holds', () => {
    const fix = { value: '91360000625912173B', proof: 'fix.identifier-tidied' }
    expect(identifierFix('uscc', '9136 0000 6259 12173b', TODAY)).toEqual(fix)
    expect(identifierFix('uscc', '９１３６００００６２５９１２１７３Ｂ', TODAY)).toEqual(fix)
    expect(identifierFix('residentId', '11010519491231002x', TODAY)?.value).toBe('11010519491231002X')
  })

  it('never puts one character for another, even when the check character would then hold', () => {
    expect(identifierFix('uscc', '9136OOOO625912173B', TODAY)).toBeNull()
    expect(identifierFix('residentId', '110105I9491231002X', TODAY)).toBeNull()
  })

  it('never offers a computed check character', () => {
    expect(identifierFix('uscc', '914403001922038217', TODAY)).toBeNull()
    expect(identifierFix('residentId', '110105194912310021', TODAY)).toBeNull()
  })
})
