import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import { practiceMessages, scenarioNames } from '@shared/domain/practice-scenario'
import type { ScenarioName } from '@shared/domain/practice-scenario'
import { nothing } from './call-inputs'

/** How the practice platform behaves now. */
export interface PracticeView {
  readonly scenario: ScenarioName
}

/** The record about which the practice platform was asked to write. */
export interface PracticeSubject {
  readonly recordId: string
  readonly docNo: string
  readonly subjectName: string
  /** The notice that came; null for a rejection, which is none. */
  readonly noticeId: string | null
}

/** Controls of the practice platform of this desk; a live desk has none and refuses `practice.not-here`. */
export const practiceCalls = {
  'practice.view': call<PracticeView>()('engine', nothing),
  'practice.setScenario': call<PracticeView>()(
    'engine',
    v.strictObject({ scenario: v.picklist(scenarioNames) }),
  ),
  /** Has it write about a record that it accepted, and fetches that; refuses `practice.none-accepted`. */
  'practice.send': call<PracticeSubject>()(
    'engine',
    v.strictObject({ message: v.picklist(practiceMessages) }),
  ),
} as const
