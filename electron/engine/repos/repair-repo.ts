import type { RepairState } from '@shared/publicity/repair-case'
import type { Database } from './database'

/** One piece of the material of a case. */
export interface MaterialMark {
  readonly state: 'received' | 'not-needed'
  readonly note: string
}

export interface RepairCaseEntity {
  readonly caseId: string
  readonly recordId: string
  readonly state: RepairState
  readonly earliestOn: string
  readonly ruleId: string
  readonly materials: Readonly<Record<string, MaterialMark>>
  readonly openedBy: string
  readonly openedAt: string
  readonly letterAt: string | null
  readonly approvedBy: string | null
  readonly approvedOn: string | null
  readonly appliedOn: string | null
  readonly decidedOn: string | null
  readonly effect: 'takeDown' | 'mark' | null
  readonly note: string
  readonly updatedAt: string
}

/** Cases of credit repair. */
export interface RepairRepo {
  find(caseId: string): RepairCaseEntity | null
  openOf(recordId: string): RepairCaseEntity | null
  /** All of a record, newest first. */
  ofRecord(recordId: string): readonly RepairCaseEntity[]
  open(): readonly RepairCaseEntity[]
  save(repair: RepairCaseEntity): void
}

type Line = Omit<RepairCaseEntity, 'materials'> & { readonly materials: string }

const columns = {
  caseId: 'case_id',
  recordId: 'record_id',
  state: 'state',
  earliestOn: 'earliest_on',
  ruleId: 'rule_id',
  materials: 'materials_json',
  openedBy: 'opened_by',
  openedAt: 'opened_at',
  letterAt: 'letter_at',
  approvedBy: 'approved_by',
  approvedOn: 'approved_on',
  appliedOn: 'applied_on',
  decidedOn: 'decided_on',
  effect: 'effect',
  note: 'note',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof RepairCaseEntity, string>
const members = Object.keys(columns) as (keyof RepairCaseEntity)[]
const selection = members.map((member) => `${columns[member]} AS "${member}"`).join(', ')
const isOpen = "state IN ('collecting', 'approved', 'applied', 'granted')"

const caseOf = (line: Line): RepairCaseEntity => ({
  ...line,
  materials: JSON.parse(line.materials) as RepairCaseEntity['materials'],
})

export function createRepairRepo(database: Database): RepairRepo {
  const byId = database.prepare<[string], Line>(`SELECT ${selection} FROM repair_case WHERE case_id = ?`)
  const openOf = database.prepare<[string], Line>(
    `SELECT ${selection} FROM repair_case WHERE record_id = ? AND ${isOpen}`,
  )
  const ofRecord = database.prepare<[string], Line>(
    `SELECT ${selection} FROM repair_case WHERE record_id = ? ORDER BY opened_at DESC, case_id DESC`,
  )
  const open = database.prepare<[], Line>(
    `SELECT ${selection} FROM repair_case WHERE ${isOpen} ORDER BY opened_at, case_id`,
  )
  const save = database.prepare<(string | null)[]>(
    `INSERT INTO repair_case (${members.map((member) => columns[member]).join(', ')})
     VALUES (${members.map(() => '?').join(', ')})
     ON CONFLICT (case_id) DO UPDATE SET ${members
       .filter((member) => member !== 'caseId')
       .map((member) => `${columns[member]} = excluded.${columns[member]}`)
       .join(', ')}`,
  )
  const one = (line: Line | undefined): RepairCaseEntity | null => (line === undefined ? null : caseOf(line))
  return {
    find: (caseId) => one(byId.get(caseId)),
    openOf: (recordId) => one(openOf.get(recordId)),
    ofRecord: (recordId) => ofRecord.all(recordId).map(caseOf),
    open: () => open.all().map(caseOf),
    save(repair) {
      save.run(
        ...members.map((member) =>
          member === 'materials' ? JSON.stringify(repair.materials) : repair[member],
        ),
      )
    },
  }
}
