/** Puts the exchange side of one desk together: everything between a checked record and its verdict. */
import type { IssueView, RecordRow } from '@shared/contract/views/record-views'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { EventBus } from '@engine/event-bus'
import type { Log } from '@engine/ports'
import { createBatchRepo } from '@engine/repos/batch-repo'
import type { Database } from '@engine/repos/database'
import { createFeedRepo } from '@engine/repos/feed-repo'
import { createNoticeRepo } from '@engine/repos/notice-repo'
import { createOutboxRepo } from '@engine/repos/outbox-repo'
import { createPackageRepo } from '@engine/repos/package-repo'
import { createReceiptRepo } from '@engine/repos/receipt-repo'
import type { AuditRepo, RecordEntity, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { Fraction, Pause } from '@engine/transports/back-off'
import { systemFraction, systemPause } from '@engine/transports/system-waiting'
import type { TransportFactory } from '@engine/transports/transport-port'
import { createTransportMaker } from './transport-making'
import type { BackgroundLoop } from './background-loop'
import { createBatchViewService } from './batch-view-service'
import type { BatchViewService } from './batch-view-service'
import { createConnectionService } from './connection-service'
import type { ConnectionService } from './connection-port'
import { createFeedApplication } from './feedback-application'
import { createFeedbackService } from './feedback-service'
import type { FeedbackService } from './feedback-service'
import { createInboxService } from './inbox-service'
import type { InboxService } from './inbox-service'
import { createPackageAnswers } from './package-answer-service'
import type { PackageAnswerService } from './package-answer-service'
import { createPackageWriting } from './package-writing-service'
import type { PackageWritingService } from './package-writing-service'
import { createSealingService } from './sealing-service'
import type { SealingService } from './sealing-service'
import { createDecisionService } from './submission-decision'
import type { DecisionService } from './submission-decision'
import { createForecastService } from './submission-forecast'
import type { ForecastService } from './submission-forecast'
import type { StandardsService } from './standards-service'
import { createSubmissionJournal } from './submission-journal'
import { createLease } from './submission-lease'
import { createOutboxLoop } from './submission-outbox-loop'
import { createReceiptCheck } from './submission-receipt-check'
import { createReleaseService } from './submission-release'
import type { ReleaseService } from './submission-release'
import { createSubmissionService } from './submission-service'
import type { Patience } from './submission-patience'
import type { SubmissionService } from './submission-service'
import { createSubmissionSteps } from './submission-steps'
import { createVerdicts } from './submission-verdicts'

export interface ExchangeDeps {
  readonly database: Database
  readonly store: Store
  readonly records: RecordRepo
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly log: Log
  readonly actor: () => string
  readonly sm: SmProvider
  readonly standard: () => CompiledStandard
  /** Takes in the standards that the platform announces; absent where none are installed. */
  readonly standards?: Pick<StandardsService, 'announce' | 'fetchAnnounced'>
  /** Checks one head again with today's date, inside the caller's transaction. */
  readonly recheck: (record: RecordEntity) => unknown
  /** The platform's issues of a revision and a record, as pages see them. */
  readonly issueViews: (recordId: string, revision: number) => readonly IssueView[]
  readonly rowOf: (record: RecordEntity) => RecordRow
  /** Defaults: HTTP, the machine's timers and random source, the patience of a command-line run. */
  readonly transportFactory?: TransportFactory
  readonly pause?: Pause
  readonly fraction?: Fraction
  readonly patience?: Patience
}

export interface ExchangeServices {
  readonly sealing: SealingService
  readonly submission: SubmissionService
  readonly release: ReleaseService
  readonly decisions: DecisionService
  readonly packages: PackageWritingService
  readonly answers: PackageAnswerService
  readonly outboxLoop: BackgroundLoop
  readonly feedback: FeedbackService
  readonly connection: ConnectionService
  readonly batchViews: BatchViewService
  readonly inbox: InboxService
  readonly forecast: ForecastService
}

/** The services of the exchange side. Leases of a run that died are broken: the store was opened for this desk alone. */
export function createExchange(deps: ExchangeDeps): ExchangeServices {
  const { database, clock } = deps
  const repos = {
    batches: createBatchRepo(database),
    outbox: createOutboxRepo(database),
    receipts: createReceiptRepo(database),
    feed: createFeedRepo(database),
    notices: createNoticeRepo(database),
    packages: createPackageRepo(database),
  }
  const pause = deps.pause ?? systemPause
  const fraction = deps.fraction ?? systemFraction
  const all = { ...deps, ...repos, pause, fraction }

  const connection = createConnectionService({
    ...all,
    pack: () => deps.standard().pack,
    makeTransport: createTransportMaker({ ...deps, batches: repos.batches }),
  })
  const batchViews = createBatchViewService({ ...all })
  const sealing = createSealingService({ ...all, traits: () => connection.traits() })
  const application = createFeedApplication({ ...all })
  const feedback = createFeedbackService({ ...all, application, connection })
  const journal = createSubmissionJournal({ ...all })
  const receiptCheck = createReceiptCheck({ ...all, platformPublicKey: () => connection.platformPublicKey() })
  const verdicts = createVerdicts({ ...all, afterVerdicts: () => feedback.applyParked() })
  const steps = createSubmissionSteps({ ...all, journal, receiptCheck, verdicts })
  const withLease = createLease({ ...all })
  const submission = createSubmissionService({
    ...all,
    withLease,
    journal,
    steps,
    sealing,
    connection,
    views: batchViews,
  })
  submission.recover()
  return {
    sealing,
    submission,
    release: createReleaseService({ ...all, sealing, connection, withLease }),
    decisions: createDecisionService({ ...all, journal, sealing, connection, withLease }),
    packages: createPackageWriting({ ...all, sealing, journal, connection, views: batchViews }),
    answers: createPackageAnswers({ ...all, connection, submission, feedback, views: batchViews }),
    outboxLoop: createOutboxLoop({ ...all, submission, connection }),
    feedback,
    connection,
    batchViews,
    inbox: createInboxService({ ...all }),
    forecast: createForecastService({ ...all, views: batchViews, today: () => businessDate(clock.now()) }),
  }
}
