import { describe, expect, it } from 'vitest'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { readWay, wayFields, wayForm } from '@renderer/screens/settings/way-fields'

describe('the form of a way to the platform', () => {
  it('has a name for every field', () => {
    for (const way of ['package', 'city-soap', 'front-db'] as const) {
      for (const { name, label } of wayFields(way)) expect(label, name).not.toBe(name)
    }
  })

  it('takes over what the desk knows already', () => {
    const key = `04${'a'.repeat(128)}`
    const known = { clientId: 'desk-1', platformPublicKey: key }
    const form = wayForm('package', { kind: 'http' }, known)
    expect(form).toEqual(known)
    expect(readWay('package', form, null)).toEqual({
      settings: { kind: 'package', ...known, spelling: defaultSpelling },
    })
    const spelling = { encoding: 'raw', userId: ' ID-1 ' } as const
    expect(readWay('package', form, null, spelling)).toMatchObject({
      settings: { spelling: { encoding: 'raw', userId: 'ID-1' } },
    })
    expect(readWay('package', form, null, { ...spelling, userId: '  ' })).toMatchObject({
      errors: { 'spelling.userId': expect.any(String) as unknown },
    })
  })

  it('fills what most platforms have and names what is missing', () => {
    const form = wayForm('city-soap', null, {})
    const read = readWay('city-soap', form, null)
    expect(read).toMatchObject({
      errors: { serviceUrl: expect.any(String) as unknown, departmentCode: expect.any(String) as unknown },
    })
    const filled = {
      ...form,
      serviceUrl: ' https://city.example ',
      departmentCode: 'D1',
      tableVersionId: '1',
    }
    expect(readWay('city-soap', filled, null)).toMatchObject({
      settings: { kind: 'city-soap', serviceUrl: 'https://city.example', lookUp: 'none', absentSeconds: 60 },
    })
  })

  it('keeps what has no field, and asks for no password that is stored', () => {
    const stored = {
      ...{
        kind: 'front-db' as const,
        host: 'db',
        port: 5433,
        database: 'front',
        user: 'desk',
        schema: 'credit',
      },
      ...{ tablePrefix: 'L_CITY_', absentSeconds: 30, allowsPlain: true, hasPassword: true },
      columns: { id: 'RECID', time: 'SJC', state: 'ZT', result: null, message: null },
    } as const
    const form = wayForm('front-db', stored, {})
    expect(form).toMatchObject({ host: 'db', port: '5433', password: '' })
    const { hasPassword: _hidden, ...settings } = stored
    expect(readWay('front-db', form, stored)).toEqual({ settings: { ...settings, password: null } })
    expect(readWay('front-db', { ...form, port: 'x' }, stored)).toMatchObject({
      errors: { port: expect.any(String) as unknown },
    })
  })
})
