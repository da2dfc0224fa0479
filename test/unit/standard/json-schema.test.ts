import { jsonSchemaOf } from '@shared/standard/json-schema'
import { licencesWithFaults, measureChecking } from '@test/bench/check-speed'
import { describe, expect, it } from 'vitest'
import { standard, typeOf } from './sample-standard'

describe('the JSON Schema of a record type', () => {
  const { schema, expressed } = jsonSchemaOf(standard.pack, typeOf('XZXK_FR').spec)
  const properties = schema['properties'] as Record<string, Record<string, unknown>>

  it('is a schema of 2020-12 for an object of strings', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:xinbao:pingxiang-credit:2026.1:XZXK_FR',
      type: 'object',
      additionalProperties: false,
    })
    expect(Object.keys(properties)).toEqual(typeOf('XZXK_FR').fields.map((field) => field.code))
    for (const property of Object.values(properties)) expect(property).toMatchObject({ type: 'string', minLength: 1 })
  })

  it('asks for what is always mandatory, and leaves conditions out', () => {
    expect(schema['required']).toContain('XK_WSH')
    expect(schema['required']).not.toContain('XK_XDR_SHXYM')
    expect(expressed.get('XK_XDR_SHXYM')).not.toContain('field.required')
  })

  it('says lengths, codes and shapes', () => {
    expect(properties['BZ']).toMatchObject({ maxLength: 512, title: '备注' })
    expect(properties['XK_ZT']!['enum']).toContain('1')
    expect(properties['XK_XDR_SHXYM']!['pattern']).toContain('18}')
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })
}) // prettier-ignore

describe('the measure of checking', () => {
  it('lets both sides judge the same faults', () => {
    const { oursMs, ajvMs, ...found } = measureChecking(standard, licencesWithFaults(400), '2026-11-23')
    expect(found).toMatchObject({ oursFaulty: 20, ajvFaulty: 20 })
    expect(oursMs).toBeGreaterThan(0)
    expect(ajvMs).toBeGreaterThan(0)
  })
})
