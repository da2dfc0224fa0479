import type { soapLookUps } from '@shared/contract/transport-settings'
import { silentTask } from '@engine/services/tasks-service'
import { testBureau } from '@test/fixtures/invented-subjects'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'
import type { Fate, SeenRequest } from '@test/integration/exchange/chaos-proxy'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import { hashOf } from './lane'
import type { Accident, Lane, LaneSpec } from './lane'

const isUpload = ({ body }: SeenRequest): boolean => body.includes('uploadData>')
const FATES: Readonly<Record<Accident, (request: SeenRequest) => Fate | null>> = {
  'lost-reply': (request) => (isUpload(request) ? 'drop-reply' : null),
  cut: (request) => (isUpload(request) ? 'reset-before' : null),
  refused: () => null,
}

/** The platform forgets the bureau of this desk, or knows it again. */
async function enrolBureau(lane: Lane, isKnown: boolean): Promise<void> {
  const { clientId, deskPublicKey: publicKey } = lane.desk().connection.view()
  const bureau = isKnown ? { ...testBureau } : { code: '11360300014499982M', name: '别的单位' }
  await lane.platform.control('/enrol', { clientId, publicKey, bureau, replace: true })
}

/** What a person does who can see the platform's own pages: says of each doubtful record whether it is there. */
async function sayWhatIsThere(lane: Lane): Promise<void> {
  const desk = lane.desk()
  const ledger = new Set(lane.platform.ledger().map(({ sha256 }) => sha256))
  for (const { batchId, state } of desk.batches.open(true)) {
    if (state !== 'unknown') continue
    const records = desk.batches.recordIds(batchId)
    for (const decision of ['held', 'not-held'] as const) {
      const recordIds = records.filter((id) => ledger.has(hashOf(lane, id)) === (decision === 'held'))
      if (recordIds.length > 0)
        await desk.decisions
          .decide({ batchId, recordIds, decision, reason: '已到平台核对' })
          .catch(() => undefined)
    }
  }
}

const soapLane = (lookUp: (typeof soapLookUps)[number], name: string): LaneSpec => ({
  name,
  missing: null,
  async start(options = {}) {
    const platform = await startPlatform(options)
    const proxy = await startChaosProxy(platform.server.url)
    const folder = await newDeskFolder()
    const changes = { patience: { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 } }
    let desk = openDesk(folder, changes)
    await connect(desk, platform)
    await desk.connection.choose({
      kind: 'city-soap',
      serviceUrl: new URL(proxy.url).origin,
      departmentCode: testBureau.code,
      tableVersionId: '1',
      uploadOperation: 'uploadData',
      lookUp,
      lookUpOperation: 'queryData',
      namespace: 'http://service.upload.credit/',
      tableCodes: {},
      absentSeconds: 0,
      allowsPlain: false,
    })
    const lane: Lane = {
      platform,
      desk: () => desk,
      async send(recordIds, task = silentTask) {
        await desk.submission.submit({ ...everything, recordIds: recordIds ?? null }, task)
      },
      async goOn() {
        await desk.submission.resume(silentTask)
        if (lookUp === 'all') return
        await sayWhatIsThere(lane)
        await desk.submission.resume(silentTask)
      },
      async arm(accident) {
        if (accident === 'refused') await enrolBureau(lane, false)
        let isOver = false
        proxy.decide((request) => {
          const fate = isOver ? null : FATES[accident](request)
          isOver ||= fate !== null
          return fate ?? 'pass'
        })
      },
      async heal() {
        await enrolBureau(lane, true)
        proxy.decide(() => 'pass')
      },
      restart() {
        desk.database.close()
        desk = openDesk(folder, changes)
      },
    }
    return lane
  },
})

/** A city platform that can be asked for every row it has. */
export const askedSoapLane = soapLane('all', 'city-soap, look-up')
/** A city platform that cannot be asked: a person says what it has. */
export const silentSoapLane = soapLane('none', 'city-soap, a person')
