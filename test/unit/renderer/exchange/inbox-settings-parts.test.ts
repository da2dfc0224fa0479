import { defaultSpelling } from '@shared/domain/signature-spelling'
import { describe, expect, it } from 'vitest'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { searchGroups, searchNotices, searchRows } from '@renderer/screens/inbox/inbox-search'
import { sharedField } from '@renderer/screens/inbox/shared-field'
import { sizeText } from '@renderer/texts/size'
import { checkConnection } from '@renderer/screens/settings/connection-check'
import { demoInbox } from '@test/fixtures/demo/demo-batches'
import { demoStandard } from '@test/fixtures/demo/demo-standard'

const typeOf = (code: string): RecordTypeSpec | null =>
  demoStandard.recordTypes.find((type) => type.code === code) ?? null

describe('searching the inbox', () => {
  const rows = demoInbox.groups[0]!.rows

  it('finds records whatever brackets and widths were typed', () => {
    const row = rows[0]!
    expect(searchRows(rows, row.docNo.replace('〔', '(').replace('〕', ')'))).toEqual([row])
    expect(searchRows(rows, '')).toEqual(rows)
    expect(searchRows(rows, '没有这样的')).toEqual([])
  })

  it('finds a cause by its meaning or by one of its records', () => {
    expect(searchGroups(demoInbox.groups, '代码表')).toEqual([demoInbox.groups[0]])
    expect(searchGroups(demoInbox.groups, demoInbox.groups[1]!.rows[0]!.subjectName)).toEqual([
      demoInbox.groups[1],
    ])
    expect(searchNotices(demoInbox.notices, '停机')).toEqual([demoInbox.notices[1]])
    expect(searchNotices(demoInbox.notices, '377')).toEqual([demoInbox.notices[0]])
  })
})

describe('one value for a group', () => {
  const [licences, penalties] = demoInbox.groups

  it('is offered for a shared public field with no identity in it', () => {
    expect(sharedField(licences!, typeOf)?.code).toBe('XK_XKLB')
  })

  it('is never offered for names of the whole record, identifiers, personal values or mixed types', () => {
    expect(sharedField(penalties!, typeOf)).toBeNull()
    expect(sharedField({ ...licences!, field: 'XK_WSH' }, typeOf)).toBeNull()
    expect(sharedField({ ...licences!, field: 'XK_XDR_MC' }, typeOf)).toBeNull()
    expect(sharedField({ ...licences!, field: 'XK_FR_ZJHM' }, typeOf)).toBeNull()
    expect(sharedField({ ...licences!, rows: [...licences!.rows, ...penalties!.rows] }, typeOf)).toBeNull()
    expect(sharedField({ ...licences!, rows: [] }, typeOf)).toBeNull()
  })
})

describe('the form of the connection', () => {
  const right = {
    platformUrl: ' https://platform.example.invalid/api/v1 ',
    clientId: 'desk-7',
    platformPublicKey: `04${'0f'.repeat(64)}`,
    spelling: defaultSpelling,
  }

  it('takes what could be right and names what cannot', () => {
    expect(checkConnection(right)).toEqual({})
    expect(
      Object.keys(
        checkConnection({
          ...{ platformUrl: '', clientId: '', platformPublicKey: '' },
          spelling: { encoding: 'der', userId: ' ' },
        }),
      ),
    ).toHaveLength(4)
    expect(checkConnection({ ...right, platformUrl: 'javascript:alert(1)' })).toHaveProperty('platformUrl')
    expect(checkConnection({ ...right, clientId: '一号 机' })).toHaveProperty('clientId')
    expect(checkConnection({ ...right, platformPublicKey: right.platformPublicKey.slice(2) })).toHaveProperty(
      'platformPublicKey',
    )
  })
})

it('sizes read in the largest unit above one', () => {
  expect(sizeText(980)).toBe('980 B')
  expect(sizeText(1_536)).toBe('1.5 KB')
  expect(sizeText(5 * 1024 * 1024)).toBe('5 MB')
})
