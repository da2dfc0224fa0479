import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import yauzl from 'yauzl'
import type { AttachmentView } from '@shared/contract/views/attachment-views'
import { FailureError } from '@shared/kernel/failure'
import { sha256Hex } from '@engine/crypto/digest'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { refuseUnreadable } from '@engine/sheets/file-snapshot'
import { restoreDesk } from '@engine/services/backup-restorer'
import { temporaryFolder } from '@test/integration/engine-records/store-fixture'
import { newDeskFolder, testKey } from '@test/integration/exchange/exchange-fixture'
import { codeOf, openOn } from '@test/integration/publicity/publicity-desk'
import { cameraExif, jpegOfSize, jpegWith, plainJpeg, plainPng, smallPdf } from '@test/fixtures/pictures'

const DAY_ONE = '2026-11-20T01:00:00.000Z'
const NEXT_DAY = '2026-11-21T01:00:00.000Z'
const DAY_NINE = '2026-11-29T01:00:00.000Z'

/** An open desk with one record, and a folder of files to attach. */
async function deskWithRecord() {
  const folder = await newDeskFolder()
  const desk = await openOn(folder, DAY_ONE)
  const recordId = desk.engine.services.editing.create('XZXK_FR', { XK_WSH: '萍示许〔2026〕1号' })
  const files = temporaryFolder(onTestFinished)
  const write = (name: string, bytes: Buffer): string => {
    writeFileSync(join(files, name), bytes)
    return join(files, name)
  }
  const { attachments } = desk.engine.services
  const add = (name: string, bytes: Buffer): Promise<AttachmentView> =>
    attachments.add(recordId, { path: write(name, bytes), name })
  const acts = () =>
    desk.call('records.get', { recordId }).then(({ timeline }) => timeline.map(({ act }) => act))
  return { folder, desk, recordId, files, write, attachments, add, acts }
}

const membersOf = (bytes: Buffer): Promise<readonly string[]> =>
  new Promise((done, fail) => {
    yauzl.fromBuffer(bytes, { lazyEntries: false }, (error, zip) => {
      if (error !== null) return fail(error)
      const names: string[] = []
      zip.on('entry', (entry: { fileName: string }) => names.push(entry.fileName))
      zip.on('end', () => done(names))
    })
  })

describe('supporting documents of a record', () => {
  it('are kept encrypted, listed with their hashes, and given back byte for byte', async () => {
    const { folder, desk, recordId, files, add, attachments, acts } = await deskWithRecord()
    const pdf = smallPdf('only in this document')
    const added = await add('决定书.pdf', pdf)
    expect(added).toMatchObject({
      no: 1,
      kind: 'pdf',
      bytes: pdf.length,
      sha256: sha256Hex(pdf),
      stripped: [],
    })
    expect(attachments.list(recordId)).toMatchObject({ attachments: [added], removed: [] })
    const target = join(files, '另存.pdf')
    await desk.call('attachments.save', { recordId, attachmentId: added.attachmentId, target })
    expect(readFileSync(target).equals(pdf)).toBe(true)
    expect((await acts()).slice(0, 2)).toEqual(['record.attachment-saved', 'record.attachment-added'])
    await desk.close()
    expect(readFileSync(storeFile(folder)).includes('only in this document')).toBe(false)
  })

  it('P6 a photograph loses place and device and says so; what looks like an identity card is told', async () => {
    const { recordId, files, add, attachments } = await deskWithRecord()
    const photo = await add('现场.jpg', jpegWith(cameraExif(1)))
    expect(photo).toMatchObject({ stripped: ['place', 'device', 'other'], isSensitive: false })
    await attachments.save(recordId, photo.attachmentId, join(files, 'back.jpg'))
    expect(readFileSync(join(files, 'back.jpg')).equals(plainJpeg())).toBe(true)
    expect(await add('扫描.jpg', jpegOfSize(1_012, 638))).toMatchObject({ isSensitive: true })
    expect(await add('身份证.png', plainPng())).toMatchObject({ isSensitive: true })
  })

  it('P3 P6 nothing is kept of what is refused', async () => {
    const { recordId, add, attachments, desk } = await deskWithRecord()
    await desk.call('attachments.setLimits', { limits: { fileMb: 1, perRecord: 2, undoDays: 7 } })
    expect(await codeOf(add('证明.pdf.exe', smallPdf()))).toBe('attachment.name-refused')
    expect(await codeOf(add('证明\u202egpj.pdf', smallPdf()))).toBe('attachment.name-refused')
    expect(await codeOf(add('证明.jpg', smallPdf()))).toBe('attachment.content-refused')
    expect(await codeOf(add('空.pdf', Buffer.alloc(0)))).toBe('attachment.content-refused')
    expect(await codeOf(add('大.pdf', Buffer.alloc(1024 * 1024 + 1)))).toBe('attachment.too-large')
    expect(await codeOf(attachments.add('nobody', { path: 'x', name: 'a.pdf' }))).toBe('record.not-found')
    await add('一.pdf', smallPdf('1'))
    expect(await codeOf(add('又一.pdf', smallPdf('1')))).toBe('attachment.repeated')
    await add('二.pdf', smallPdf('2'))
    expect(await codeOf(add('三.pdf', smallPdf('3')))).toBe('attachment.too-many')
    expect(attachments.list(recordId).attachments.map(({ name }) => name)).toEqual(['一.pdf', '二.pdf'])
    expect(desk.engine.services.backup.verify()).toEqual([])
  })

  it('P5 a link is refused, also one inside a folder; a name with an emoji or a rare character is taken', async () => {
    const { add, attachments, recordId, files, write } = await deskWithRecord()
    const secret = write('秘密.pdf', smallPdf('secret'))
    mkdirSync(join(files, '材料'))
    const link = join(files, '材料', '证明.pdf')
    symlinkSync(secret, link)
    expect(await codeOf(attachments.add(recordId, { path: link, name: '证明.pdf' }))).toBe('attachment.link')
    symlinkSync('nowhere.pdf', join(files, '断链.pdf'))
    const broken = { path: join(files, '断链.pdf'), name: '断链.pdf' }
    expect(await codeOf(attachments.add(recordId, broken))).toBe('attachment.link')
    const place = { path: join(files, '材料'), name: '材料.pdf' }
    expect(await codeOf(attachments.add(recordId, place))).toBe('attachment.content-refused')
    const gone = { path: join(files, '没有.pdf'), name: '没有.pdf' }
    expect(await codeOf(attachments.add(recordId, gone))).toBe('input.missing-file')
    expect(await add('现场😀.pdf', smallPdf('a'))).toMatchObject({ name: '现场😀.pdf' })
    expect(await add('𠮷野商行.pdf', smallPdf('b'))).toMatchObject({ name: '𠮷野商行.pdf' })
  })

  it('P5 a file that another program holds is refused with a message', async () => {
    for (const code of ['EBUSY', 'EACCES', 'EPERM']) {
      const error = Object.assign(new Error(code), { code })
      expect(await codeOf(Promise.resolve().then(() => refuseUnreadable(error, 'a.pdf')))).toBe(
        'input.file-locked',
      )
    }
  })

  it.skipIf(process.getuid?.() === 0)(
    'P5 a file that may not be read is refused with a message',
    async () => {
      const { attachments, recordId, write } = await deskWithRecord()
      const path = write('锁.pdf', smallPdf())
      chmodSync(path, 0)
      expect(await codeOf(attachments.add(recordId, { path, name: '锁.pdf' }))).toBe('input.file-locked')
    },
  )

  it('what was removed comes back, until its days are over; then its bytes are gone from the store', async () => {
    const { folder, desk, recordId, add, attachments, acts } = await deskWithRecord()
    const kept = await add('一.pdf', smallPdf('1'))
    const twice = await add('二.pdf', smallPdf('2'))
    const other = desk.engine.services.editing.create('XZXK_FR', { XK_WSH: '萍示许〔2026〕2号' })
    attachments.remove(recordId, kept.attachmentId)
    expect(attachments.list(recordId)).toMatchObject({
      attachments: [{ no: 2 }],
      removed: [{ no: 1, removedAt: DAY_ONE }],
    })
    expect(await codeOf(Promise.resolve().then(() => attachments.remove(recordId, kept.attachmentId)))).toBe(
      'attachment.not-found',
    )
    expect(await codeOf(Promise.resolve().then(() => attachments.restore(other, kept.attachmentId)))).toBe(
      'attachment.not-found',
    )
    attachments.restore(recordId, kept.attachmentId)
    expect(attachments.list(recordId).attachments.map(({ no }) => no)).toEqual([1, 2])
    expect((await acts()).slice(0, 2)).toEqual(['record.attachment-restored', 'record.attachment-removed'])
    attachments.remove(recordId, kept.attachmentId)
    await desk.close()

    const nextDay = await openOn(folder, NEXT_DAY)
    expect(nextDay.engine.services.attachments.eraseRemoved()).toBe(0)
    await nextDay.close()

    const later = await openOn(folder, DAY_NINE)
    expect(later.engine.services.attachments.eraseRemoved()).toBe(1)
    expect(later.engine.services.attachments.list(recordId)).toMatchObject({
      attachments: [{ attachmentId: twice.attachmentId }],
      removed: [],
    })
    const { timeline } = await later.call('records.get', { recordId })
    expect(timeline[0]?.act).toBe('record.attachment-erased')
    await later.close()
    const database = openDatabase({ file: storeFile(folder), key: testKey })
    expect(database.prepare('SELECT count(*) FROM attachment_content').pluck().get()).toBe(1)
    database.close()
  })

  it('one content of several records is stored once and stays as long as one of them has it', async () => {
    const { folder, desk, recordId, add, attachments, files } = await deskWithRecord()
    const first = await add('一.pdf', smallPdf('shared'))
    const other = desk.engine.services.editing.create('XZXK_FR', { XK_WSH: '萍示许〔2026〕2号' })
    const second = await attachments.add(other, { path: join(files, '一.pdf'), name: '一.pdf' })
    attachments.remove(recordId, first.attachmentId)
    await desk.close()
    const later = await openOn(folder, DAY_NINE)
    expect(later.engine.services.attachments.eraseRemoved()).toBe(1)
    await later.call('attachments.save', {
      ...{ recordId: other, attachmentId: second.attachmentId },
      target: join(files, 'back.pdf'),
    })
    expect(readFileSync(join(files, 'back.pdf')).equals(smallPdf('shared'))).toBe(true)
  })

  it('go with a backup, are looked through by verify, and a changed byte is found', async () => {
    const { folder, desk, recordId, add, files } = await deskWithRecord()
    await add('一.pdf', smallPdf('1'))
    const backup = join(files, '备份.xinbao')
    expect(await desk.engine.services.backup.write(backup, 'a long password')).toEqual([])
    await desk.close()
    const dataDir = join(files, 'restored')
    await restoreDesk({
      ...{ backup, secret: { password: 'a long password' }, dataDir },
      ...{ storeKey: testKey, clock: { now: () => DAY_ONE } },
    })
    const restored = await openOn(dataDir, DAY_ONE)
    expect(restored.engine.services.attachments.list(recordId).attachments).toHaveLength(1)
    await restored.close()

    const database = openDatabase({ file: storeFile(folder), key: testKey })
    database.exec('UPDATE attachment_content SET bytes = zeroblob(length(bytes))')
    database.close()
    const spoilt = await openOn(folder, DAY_ONE)
    expect(spoilt.engine.services.backup.verify()).toMatchObject([{ code: 'attachment' }])
  })

  it('make one pack with a list, and stand with the dispute about their record', async () => {
    const { folder, desk, recordId, add, files } = await deskWithRecord()
    await add('决定书.pdf', smallPdf('1'))
    await add('决定书.jpg', plainJpeg())
    const target = join(files, '材料.zip')
    expect(await desk.call('attachments.pack', { recordId, target })).toEqual({ files: 2 })
    const zip = readFileSync(target)
    expect(await membersOf(zip)).toEqual(['目录.txt', '01-决定书.pdf', '02-决定书.jpg'])
    // Stored, not packed: the list can be read in the bytes.
    const text = zip.toString('utf8')
    expect(text).toContain('文书号：萍示许〔2026〕1号')
    expect(text).toContain(sha256Hex(plainJpeg()))
    await desk.close()

    const database = openDatabase({ file: storeFile(folder), key: testKey })
    database.exec("UPDATE record SET delivery = 'rejected'")
    database.close()
    const again = await openOn(folder, DAY_ONE)
    const inbox = await again.call('inbox.dispute', { recordId, reason: '名称没有错', evidence: ['决定书'] })
    expect(inbox.disputes).toMatchObject([{ attachments: [{ name: '决定书.pdf' }, { name: '决定书.jpg' }] }])
    await again.call('attachments.pack', { recordId, target })
    expect(readFileSync(target).toString('utf8')).toContain('异议理由：名称没有错')
  })

  it('a name that tells of a person is masked in the trail', async () => {
    const { desk, recordId, add } = await deskWithRecord()
    await add('11010519491231002X 身份证.pdf', smallPdf())
    const { timeline } = await desk.call('records.get', { recordId })
    expect(JSON.stringify(timeline)).not.toContain('11010519491231002X')
  })
})

it('a refusal of the disk is no refusal of the document', () => {
  const error = new Error('a defect')
  expect(() => refuseUnreadable(error, 'a.pdf')).toThrow(error)
  expect(() => refuseUnreadable(Object.assign(error, { code: 'EIO' }), 'a.pdf')).toThrow(FailureError)
})
