/** The refusals of this folder whose sentences need a word beside the file name. */
import { refuse } from '@shared/kernel/failure'
import {
  csvProblemTexts,
  encodingHintTexts,
  fileKindTexts,
  unsafeReasonTexts,
} from '@shared/texts/zh-CN/file-terms'
import type { CsvProblem, EncodingHint, ForeignFileKind, UnsafeReason } from '@shared/texts/zh-CN/file-terms'

/** Refuses a file that is no table: `kind` for programs, `actual` for people. */
export function refuseForeign(file: string, kind: ForeignFileKind): never {
  return refuse('input.not-a-workbook', { file, kind, actual: fileKindTexts[kind] })
}

/** Refuses a workbook with content that is not read; `place` adds what is known of where and how much. */
export function refuseUnsafe(
  file: string,
  reason: UnsafeReason,
  place: Readonly<Record<string, string | number>> = {},
): never {
  return refuse('input.unsafe-workbook', { ...place, file, reason, detail: unsafeReasonTexts[reason] })
}

/** Refuses a text file whose encoding is none that is read; `hint` says what it seems to be. */
export function refuseEncoding(file: string, hint: EncodingHint): never {
  return refuse('input.unknown-encoding', { file, hint, detail: encodingHintTexts[hint] })
}

/** Refuses a CSV file because of one record. */
export function refuseCsv(file: string, row: number, reason: CsvProblem): never {
  return refuse('input.malformed-csv', { file, row, reason, detail: csvProblemTexts[reason] })
}
