/** Puts the exchange side of one desk together: everything between a checked record and its verdict. */
import type { IssueView, RecordRow } from '@shared/contract/views/record-views'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import type { SigningKeyProvider } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { softwareKeys } from '@engine/crypto/software-keys'
import type { EventBus } from '@engine/event-bus'
import { unwatched } from '@engine/ports'
import type { Log, Watch } from '@engine/ports'
import { createBatchRepo } from '@engine/repos/batch-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { Database } from '@engine/repos/database'
import { createAttachmentRepo } from '@engine/repos/attachment-repo'
import { createDisputeRepo } from '@engine/repos/dispute-repo'
import { createFeedRepo } from '@engine/repos/feed-repo'
import { createLineProbeRepo } from '@engine/repos/line-probe-repo'
import { createNoticeAnswerRepo } from '@engine/repos/notice-answer-repo'
import { createNoticeRepo } from '@engine/repos/notice-repo'
import { createOutboxRepo } from '@engine/repos/outbox-repo'
import { createQuarantineRepo } from '@engine/repos/quarantine-repo'
import { createPackageRepo } from '@engine/repos/package-repo'
import { createReceiptRepo } from '@engine/repos/receipt-repo'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import { createReconciliationRepo } from '@engine/repos/reconciliation-repo'
import { createNilQuery } from '@engine/repos/nil-query'
import { createRefusalQuery } from '@engine/repos/refusal-query'
import { createRowDeliveryRepo } from '@engine/repos/row-delivery-repo'
import type { AuditRepo, RecordEntity, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { Fraction, Pause } from '@engine/transports/back-off'
import { probeLine } from '@engine/transports/line-probe'
import type { ProbeLine } from '@engine/transports/line-probe'
import { systemFraction, systemPause } from '@engine/transports/system-waiting'
import type { TransportFactory } from '@engine/transports/transport-port'
import { typeOf } from '@engine/standards/installed-standard'
import { createTransportMaker } from './transport-making'
import type { BackgroundLoop } from './background-loop'
import { createBatchViewService } from './batch-view-service'
import type { BatchViewService } from './batch-view-service'
import { createConnectionService } from './connection-service'
import type { ConnectionService } from './connection-port'
import { createConflictsService } from './conflicts-service'
import type { ConflictsService } from './conflicts-service'
import { createDeskKey } from './desk-key'
import { createDisputesService } from './disputes-service'
import type { DisputesService } from './disputes-service'
import type { EditingService } from './editing-service'
import { createFeedApplication } from './feedback-application'
import { createFeedbackService } from './feedback-service'
import type { FeedbackService } from './feedback-service'
import { createInboxService } from './inbox-service'
import type { InboxService } from './inbox-service'
import { createNoticeAnswersService } from './notice-answers-service'
import { createNoticeView } from './notice-view'
import { createOutageService } from './outage-service'
import type { OutageService } from './outage-service'
import { createQuarantineService } from './quarantine-service'
import type { QuarantineService } from './quarantine-service'
import { createComparison } from './reconciliation-comparison'
import { createReconciliationService } from './reconciliation-service'
import type { ReconciliationService } from './reconciliation-service'
import type { RepairService } from './repair-service'
import { createPackageAnswers } from './package-answer-service'
import type { PackageAnswerService } from './package-answer-service'
import { createPackageViewService } from './package-view-service'
import type { PackageViewService } from './package-view-service'
import { createPackageWriting } from './package-writing-service'
import type { PackageWritingService } from './package-writing-service'
import { createSealingService } from './sealing-service'
import type { SealingService } from './sealing-service'
import { createDecisionService } from './submission-decision'
import type { DecisionService } from './submission-decision'
import { createNilService } from './submission-nil'
import type { NilService } from './submission-nil'
import { createForecastService } from './submission-forecast'
import type { ForecastService } from './submission-forecast'
import type { StandardsService } from './standards-service'
import { createAbsence } from './submission-absence'
import { createInquiry } from './submission-inquiry'
import { createSubmissionJournal } from './submission-journal'
import { createLease } from './submission-lease'
import { createOutboxLoop } from './submission-outbox-loop'
import { createReceiptCheck } from './submission-receipt-check'
import type { ReceiptCheck } from './submission-receipt-check'
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
  /** Who holds the desk's key; default: software, with the key in the store. */
  readonly keys?: SigningKeyProvider
  readonly standard: () => CompiledStandard
  /** Takes in the standards that the platform announces; absent where none are installed. */
  readonly standards?: Pick<StandardsService, 'announce' | 'fetchAnnounced'>
  /** Cases of credit repair that the platform may decide. */
  readonly repairs?: Pick<RepairService, 'decidedByPlatform'>
  /** Checks one head again with today's date, inside the caller's transaction. */
  readonly recheck: (record: RecordEntity) => unknown
  /** The platform's issues of a revision and a record, as pages see them. */
  readonly issueViews: (recordId: string, revision: number) => readonly IssueView[]
  readonly rowOf: (record: RecordEntity) => RecordRow
  readonly editing: Pick<EditingService, 'attemptAgain' | 'correctHeld'>
  /** Defaults: HTTP, probes of this machine's line, the machine's timers and random source, the patience of a command-line run. */
  readonly transportFactory?: TransportFactory
  readonly probeLine?: ProbeLine
  readonly pause?: Pause
  readonly fraction?: Fraction
  readonly patience?: Patience
  readonly watch?: Watch
  /** Brings the mark of how far this store has come to the disk before anything leaves; default: there is none. */
  readonly secureHead?: () => void
}

export interface ExchangeServices {
  readonly sealing: SealingService
  readonly submission: SubmissionService
  readonly release: ReleaseService
  readonly decisions: DecisionService
  readonly packages: PackageWritingService
  readonly answers: PackageAnswerService
  readonly packageViews: PackageViewService
  readonly outboxLoop: BackgroundLoop
  readonly feedback: FeedbackService
  readonly connection: ConnectionService
  readonly batchViews: BatchViewService
  readonly inbox: InboxService
  readonly forecast: ForecastService
  readonly nil: NilService
  /** What was sent and what came back, for those who look whether it still holds. */
  readonly evidence: {
    readonly batches: BatchRepo
    readonly receipts: ReceiptRepo
    readonly receiptCheck: ReceiptCheck
  }
  readonly quarantine: QuarantineService
  readonly disputes: DisputesService
  /** Whether a batch is on its way at this moment. */
  readonly isSending: () => boolean
  readonly conflicts: ConflictsService
  readonly reconciliation: ReconciliationService
  readonly outage: OutageService
}

/** The services of the exchange side. Leases of a run that died are broken: the store was opened for this desk alone. */
export function createExchange(deps: ExchangeDeps): ExchangeServices {
  const { database, clock, watch = unwatched } = deps
  const repos = {
    batches: watch('batches', createBatchRepo(database)),
    outbox: watch('outbox', createOutboxRepo(database)),
    receipts: watch('receipts', createReceiptRepo(database)),
    feed: watch('feed', createFeedRepo(database)),
    notices: watch('notices', createNoticeRepo(database)),
    quarantineRepo: watch('quarantine', createQuarantineRepo(database)),
    answerRepo: watch('answers', createNoticeAnswerRepo(database)),
    disputeRepo: watch('disputes', createDisputeRepo(database)),
    packages: watch('packages', createPackageRepo(database)),
    attachments: createAttachmentRepo(database),
  }
  const pause = deps.pause ?? systemPause
  const fraction = deps.fraction ?? systemFraction
  const deskKey = createDeskKey(deps.settings, deps.keys ?? softwareKeys)
  const makeTransport = createTransportMaker({ ...deps, deskKey, batches: repos.batches })
  const secureHead = deps.secureHead ?? (() => undefined)
  const all = { ...deps, ...repos, deskKey, pause, fraction, secureHead }

  const connection = createConnectionService({
    ...all,
    pack: () => deps.standard().pack,
    makeTransport: (settings) => watch('platform', makeTransport(settings)),
  })
  const batchViews = createBatchViewService({ ...all })
  const nil = createNilService({
    ...all,
    nil: createNilQuery(database),
    typeCodes: () => [...deps.standard().types.keys()],
  })
  const quarantine = createQuarantineService({ ...all, quarantine: repos.quarantineRepo })
  const sealing = createSealingService({ ...all, quarantine, traits: () => connection.traits() })
  const noticeAnswers = createNoticeAnswersService({ ...all, answers: repos.answerRepo, connection })
  const disputes = createDisputesService({
    ...all,
    disputes: repos.disputeRepo,
    answers: noticeAnswers,
  })
  const application = createFeedApplication({ ...all })
  const feedback = createFeedbackService({ ...all, application, connection, noticeAnswers })
  const journal = createSubmissionJournal({ ...all })
  const receiptCheck = createReceiptCheck({
    ...all,
    platformPublicKey: () => connection.platformPublicKey(),
    spelling: () => connection.spelling(),
  })
  const verdicts = createVerdicts({
    ...all,
    answers: noticeAnswers,
    afterVerdicts: () => feedback.applyParked(),
  })
  const absence = createAbsence(all)
  const inquiry = createInquiry({ ...all, sealing, verdicts })
  const steps = createSubmissionSteps({ ...all, journal, receiptCheck, verdicts, absence, inquiry })
  const withLease = createLease({ ...all })
  const outage = createOutageService({
    ...all,
    probes: createLineProbeRepo(database),
    probeLine: deps.probeLine ?? probeLine,
    connection,
  })
  const submission = createSubmissionService({
    ...all,
    withLease,
    journal,
    steps,
    sealing,
    connection,
    views: batchViews,
    quarantine,
    noticeAnswers,
    outage,
  })
  const reconciliation = createReconciliationService({
    ...all,
    repo: createReconciliationRepo(database),
    comparison: createComparison({ ...all }),
    connection,
  })
  submission.recover()
  return {
    sealing,
    submission,
    release: createReleaseService({ ...all, journal, sealing, connection, withLease }),
    decisions: createDecisionService({
      ...all,
      rows: createRowDeliveryRepo(database),
      journal,
      sealing,
      connection,
      withLease,
    }),
    packages: createPackageWriting({ ...all, sealing, journal, connection, views: batchViews }),
    packageViews: createPackageViewService({ ...all, views: batchViews, connection }),
    answers: createPackageAnswers({ ...all, connection, submission, feedback, views: batchViews }),
    outboxLoop: createOutboxLoop({ ...all, submission, connection, outage }),
    feedback,
    connection,
    batchViews,
    quarantine,
    disputes,
    reconciliation,
    outage,
    conflicts: createConflictsService({ ...all, connection, disputes }),
    inbox: createInboxService({
      ...all,
      quarantine,
      disputes,
      noticeView: createNoticeView({ ...all, answers: repos.answerRepo, noticeAnswers }),
    }),
    nil,
    forecast: createForecastService({
      ...all,
      nil,
      refusals: createRefusalQuery(database),
      typeOf: (code) => typeOf(deps.standard(), code),
      views: batchViews,
      connection,
      today: () => businessDate(clock.now()),
    }),
    evidence: { ...repos, receiptCheck },
    isSending: () => repos.outbox.countLeased() > 0,
  }
}
