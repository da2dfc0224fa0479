import type { RecordTypeSpec } from './pack'

/** The field under which an issue of the whole record is shown: its document number, else its subject. */
export const headlineField = ({ search }: Pick<RecordTypeSpec, 'search'>): string =>
  search.docNo ?? search.subjectName
