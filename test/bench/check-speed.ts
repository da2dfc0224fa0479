import { addDays } from '@shared/kernel/calendar-date'
import { jsonSchemaOf } from '@shared/standard/json-schema'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledStandard } from '@shared/standard/standard'
import { brokenUscc, inventedName, inventedUscc, testBureau } from '@test/fixtures/invented-subjects'
import { Ajv2020 } from 'ajv/dist/2020'

/** Time for judging the same licence records once each way, of some rounds taken in turn. */
export interface CheckSpeed {
  /** All rules of the pack, all issues with their values and remedies. */
  readonly oursMs: number
  /** Ajv with `allErrors` over the exported JSON Schema: single-field rules only. */
  readonly ajvMs: number
  /** Our time beside Ajv's, the median of the rounds: what else the machine does hits both sides of a round alike. */
  readonly ratio: number
  /** Records in which each side found something, so that nobody wins by not looking. */
  readonly oursFaulty: number
  readonly ajvFaulty: number
}

/** Odd, so that one round is the median. */
const ROUNDS = 9

/** Licences by number, every twentieth with a fault. */
export const licencesWithFaults = (records: number): readonly FieldValues[] =>
  Array.from({ length: records }, (_, number) => licence(number))

/** A licence of a limited company as bureaus send it; every twentieth has one fault that a schema sees too. */
function licence(number: number): FieldValues {
  const decidedOn = addDays('2026-01-05', number % 300)
  const values = {
    XK_XDR_MC: inventedName(number),
    XK_XDR_LB: '法人及非法人组织',
    XK_XDR_SHXYM: inventedUscc(number),
    XK_FRDB: '李示例',
    XK_XKWS: '食品经营许可决定书',
    XK_WSH: `萍市监许〔2026〕${number}号`,
    XK_XKLB: '普通',
    XK_XKZS: '食品经营许可证',
    XK_XKBH: `JY1360302${String(number).padStart(7, '0')}`,
    XK_NR:
      '准予从事预包装食品（含冷藏冷冻食品）销售，散装食品（不含散装熟食）销售；经营场所：萍乡市安源区示例路1号。',
    XK_JDRQ: decidedOn,
    XK_YXQZ: decidedOn,
    XK_YXQZI: addDays(decidedOn, 1826),
    XK_XKJG: testBureau.name,
    XK_XKJGDM: testBureau.code,
    XK_ZT: '1',
    XK_LYDW: testBureau.name,
    XK_LYDWDM: testBureau.code,
  }
  if (number % 20 !== 7) return values
  const faults: readonly FieldValues[] = [
    { XK_XDR_LB: '公司', XK_XDR_SHXYM: brokenUscc(number) },
    { XK_JDRQ: '2026年1月5日' },
    { XK_XKLB: '一般' },
    { XK_NR: '' },
  ]
  const faulty = { ...values, ...faults[Math.floor(number / 20) % faults.length] }
  return Object.fromEntries(Object.entries(faulty).filter(([, value]) => value !== ''))
}

/** Judges licences (XZXK_FR) both ways in turn. */
export function measureChecking(
  { pack, types }: CompiledStandard,
  rows: readonly FieldValues[],
  today: string,
): CheckSpeed {
  const type = types.get('XZXK_FR')!
  const context = { today }
  const validate = new Ajv2020({ allErrors: true }).compile(jsonSchemaOf(pack, type.spec).schema)

  const timed = (work: (values: FieldValues) => boolean) => {
    let faulty = 0
    const startedMs = performance.now()
    for (const values of rows) if (work(values)) faulty++
    return { ms: performance.now() - startedMs, faulty }
  }
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: timed((values) => type.check(values, context).length > 0),
    ajv: timed((values) => !validate(values)),
  }))
  const ratios = rounds.map(({ ours, ajv }) => ours.ms / ajv.ms).sort((left, right) => left - right)
  return {
    oursMs: Math.min(...rounds.map(({ ours }) => ours.ms)),
    ajvMs: Math.min(...rounds.map(({ ajv }) => ajv.ms)),
    ratio: ratios[(ROUNDS - 1) / 2]!,
    oursFaulty: rounds[0]!.ours.faulty,
    ajvFaulty: rounds[0]!.ajv.faulty,
  }
}
