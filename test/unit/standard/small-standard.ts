import { compileStandard } from '@shared/standard/compile-standard'
import type { FieldSpec, RuleSpec } from '@shared/standard/pack'
import { parsePack } from '@shared/standard/pack-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import { standard } from './sample-standard'

/** A standard of one type `T` with a number, a day and what a test adds, for what the shipped one has no use for yet. */
export function smallStandard(
  fields: readonly (Partial<FieldSpec> & { code: string })[],
  rules: readonly Partial<RuleSpec>[],
  changes: object = {},
  texts: Readonly<Record<string, string>> = {},
): CompiledStandard {
  return compileStandard(
    parsePack({
      id: 'small',
      version: '2026.1',
      title: 'small',
      from: '2020-01-01',
      to: null,
      recordTypes: [
        {
          code: 'T',
          title: 't',
          shortTitle: 't',
          policyClass: 'warning',
          subject: 'legal',
          naturalKey: ['NO'],
          legalDate: 'DAY',
          deadline: { days: 7, start: 'day-after' },
          publicity: null,
          search: { docNo: 'NO', subjectName: 'NO', subjectCode: null },
          fields: [
            { code: 'NO', label: 'no', type: 'text', group: 'g' },
            { code: 'DAY', label: 'day', type: 'date', group: 'g' },
            ...fields.map((field) => ({ label: field.code, type: 'text', group: 'g', ...field })),
          ],
        },
      ],
      rules: { T: rules.map((rule) => ({ severity: 'error', ...rule })) },
      codeLists: {},
      texts: { ...standard.pack.texts, ...texts },
      ...changes,
    }),
  )
}
