/** Invented licences for legal persons with every official column, one after the other by number. */
import { registrationNumberDigit } from '@shared/standard/identifiers/registration-number'
import { brokenUscc, inventedName, inventedUscc, testBureau } from '@test/fixtures/invented-subjects'

/** The instant at which the bench works: inside the term of decisions of `DECIDED_ON`. */
export const NOW = '2026-11-16T09:00:00+08:00'
const DECIDED_ON = '2026-11-10'
const VALID_UNTIL = '2029-11-09'

/** Every so many rows have an issue: a missing document number, a code whose check character does not hold. */
const ISSUE_EVERY = 50
const KINDS_OF_ISSUE = 2

/** Numbers start here, so that all have as many digits. */
const FIRST = 1_000_001

/** The official columns of a licence for legal persons, by code. */
export const licenceColumns: readonly string[] = [
  ...['XK_XDR_MC', 'XK_XDR_LB', 'XK_XDR_SHXYM', 'XK_XDR_GSZC', 'XK_XDR_ZZJG', 'XK_XDR_SWDJ', 'XK_XDR_SYDW'],
  ...['XK_XDR_SHZZ', 'XK_FRDB', 'XK_FR_ZJLX', 'XK_FR_ZJHM', 'XK_XKWS', 'XK_WSH', 'XK_XKLB', 'XK_XKZS'],
  ...['XK_XKBH', 'XK_NR', 'XK_JDRQ', 'XK_YXQZ', 'XK_YXQZI', 'XK_XKJG', 'XK_XKJGDM', 'XK_ZT', 'XK_LYDW'],
  ...['XK_LYDWDM', 'BZ'],
]

const withDigit = (first14: string): string => first14 + String(registrationNumberDigit(first14))

/** The cells of the licence of an index from 0. */
export function licenceRow(index: number, hasIssues: boolean): readonly string[] {
  const number = FIRST + index
  const issue =
    hasIssues && index % ISSUE_EVERY === ISSUE_EVERY - 1
      ? Math.floor(index / ISSUE_EVERY) % KINDS_OF_ISSUE
      : null
  const code = issue === 1 ? brokenUscc(number) : inventedUscc(number)
  const docNo = issue === 0 ? '' : `萍示管许〔2026〕${number}号`
  const registration = withDigit(`360302${String(number).padStart(8, '0')}`)
  const { name: bureau, code: bureauCode } = testBureau
  return [
    ...[inventedName(number), '法人及非法人组织', code, registration, code.slice(8, 17), code, '', ''],
    ...['李示例', '', '', '食品经营许可决定书', docNo, '普通', '食品经营许可证'],
    ...[`JY${String(number).padStart(14, '0')}`, '预包装食品销售，散装食品销售', DECIDED_ON, DECIDED_ON],
    ...[VALID_UNTIL, bureau, bureauCode, '有效', bureau, bureauCode, `第${number}件`],
  ]
}
