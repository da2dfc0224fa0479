/**
 * One assessed row as texts, for the way from the process that reads to the one that stores. What is stored as JSON is
 * made here once and only stored there; nobody parses it but where a row has a neighbour to be compared with.
 */
import type { Issue } from '@shared/standard/issue'
import type { FieldValues } from '@shared/standard/pack'
import { rawBehind, type RevisionTexts } from '@shared/standard/revision-texts'
import type { Normalisation } from '@shared/standard/standard'
import type { Assessment, SearchColumns } from './assessment'

/** Texts of one row. */
export const TEXTS_PER_ROW = 13

const listText = (list: readonly unknown[]): string => (list.length === 0 ? '' : JSON.stringify(list))
const listOf = <Item>(text: string): readonly Item[] => (text === '' ? [] : (JSON.parse(text) as Item[]))
const NOTHING_DIFFERS = '{}'

function differenceText(differing: FieldValues): string {
  for (const _ in differing) return JSON.stringify(differing)
  return NOTHING_DIFFERS
}

/** What is known of a row beside what its values amount to. */
export interface RowFindings {
  /** All of them, with those of its look. */
  readonly issues: readonly Issue[]
  /** Its raw texts where they differ from the value. */
  readonly differing: FieldValues
  /** Record that it names as its own, or null. */
  readonly mark: string | null
}

/** Appends the texts of a row. */
export function pushRowTexts(
  texts: string[],
  { values, changes, naturalKey, sha256, columns }: Omit<Assessment, 'issues'>,
  { issues, differing, mark }: RowFindings,
): void {
  const { docNo, docKey, subjectName, subjectCode, legalDate, searchText } = columns
  texts.push(JSON.stringify(values), differenceText(differing), listText(changes), listText(issues))
  texts.push(naturalKey ?? '', sha256, docNo, docKey, subjectName, subjectCode, legalDate, searchText)
  texts.push(mark ?? '')
}

/** An assessment whose larger parts stay texts until they are asked for. */
class ReadAssessment implements Assessment {
  readonly naturalKey: string | null
  readonly sha256: string
  readonly columns: SearchColumns
  private parsed: FieldValues | null = null

  constructor(
    private readonly texts: readonly string[],
    private readonly at: number,
  ) {
    this.naturalKey = texts[at + 4]! || null
    this.sha256 = texts[at + 5]!
    this.columns = {
      docNo: texts[at + 6]!,
      docKey: texts[at + 7]!,
      subjectName: texts[at + 8]!,
      subjectCode: texts[at + 9]!,
      legalDate: texts[at + 10]!,
      searchText: texts[at + 11]!,
    }
  }

  get values(): FieldValues {
    return (this.parsed ??= JSON.parse(this.texts[this.at]!) as FieldValues)
  }

  get changes(): readonly Normalisation[] {
    return listOf(this.texts[this.at + 2]!)
  }

  get issues(): readonly Issue[] {
    return listOf(this.texts[this.at + 3]!)
  }
}

/** A row as it was read, by its texts. */
export interface ReadRowTexts {
  readonly assessment: Assessment
  /** Its content as it is stored. */
  readonly content: RevisionTexts
  /** Record that it names as its own, or null. */
  readonly mark: string | null
  /** Raw texts by field. */
  raw(): FieldValues
}

/** The row whose texts begin at a place. */
export function readRowTexts(texts: readonly string[], at: number): ReadRowTexts {
  const assessment = new ReadAssessment(texts, at)
  const content = { values: texts[at]!, raw: texts[at + 1]!, changes: texts[at + 2]! || '[]' }
  return {
    assessment,
    content,
    mark: texts[at + 12]! || null,
    raw: () => rawBehind(assessment.values, JSON.parse(content.raw) as FieldValues),
  }
}
