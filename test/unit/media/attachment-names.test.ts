import { describe, expect, it } from 'vitest'
import { kindOfName, looksLikeIdentityCard, nameObjection, pathObjection } from '@shared/domain/attachment'

describe('names of supporting documents', () => {
  it.each([
    '决定书.pdf',
    '食品经营许可决定书 2026.11.20.PDF',
    '营业执照（副本）.ofd',
    '现场照片😀.jpg',
    '𠮷野商行.jpeg',
    '👨‍👩‍👧.png',
    '萍市监许〔2026〕1号.pdf',
  ])('P5 %s is taken', (name) => {
    expect(nameObjection(name)).toBeNull()
    expect(kindOfName(name)).not.toBeNull()
  })

  it.each([
    ['证明.pdf.exe', 'program'],
    ['证明.exe', 'program'],
    ['证明.lnk', 'program'],
    ['证明.url', 'program'],
    ['证明.hta', 'program'],
    ['证明.js', 'program'],
    ['证明.PDF.SCR', 'program'],
    ['证明.svg', 'program'],
    ['证明.exe.pdf', 'double-ending'],
    ['证明.docx .pdf', 'double-ending'],
    ['证明.pdf.jpg', 'double-ending'],
    ['证明\u202efdp.exe', 'hidden-characters'],
    ['证明\u202egpj.pdf', 'hidden-characters'],
    ['证明\u2066.pdf', 'hidden-characters'],
    ['证明\u200b.pdf', 'hidden-characters'],
    ['证明\n.pdf', 'hidden-characters'],
    ['证明.pdf:evil.exe', 'characters'],
    ['证明\ud842.pdf', 'characters'],
    ['证明.pdf.', 'edges'],
    ['证明.exe ', 'edges'],
    ['.pdf', 'edges'],
    ['con.pdf', 'device'],
    ['LPT1.pdf', 'device'],
    ['证明.docx', 'ending'],
    ['证明', 'ending'],
    ['', 'ending'],
    [`${'长'.repeat(120)}.pdf`, 'too-long'],
  ] as const)('P3 %j is refused: %s', (name, objection) => {
    expect(nameObjection(name)).toBe(objection)
  })
})

describe('paths of supporting documents, judged as text', () => {
  it.each([
    ['..\\..\\a.exe', 'outside'],
    ['../a.pdf', 'outside'],
    ['材料/../../a.pdf', 'outside'],
    ['C:\\x', 'outside'],
    ['c:a.pdf', 'outside'],
    ['/etc/passwd', 'outside'],
    ['\\a.pdf', 'outside'],
    ['\\\\host\\share\\a.pdf', 'network'],
    ['//host/share/a.pdf', 'network'],
    ['\\/host/share/a.pdf', 'network'],
    ['file://host/share/a.pdf', 'network'],
    ['smb://host/share/a.pdf', 'network'],
    ['\\\\host@SSL\\DavWWWRoot\\a.pdf', 'network'],
    ['//?/C:/x', 'device'],
    ['\\\\?\\UNC\\host\\share\\a.pdf', 'device'],
    ['\\\\.\\pipe\\a', 'device'],
    ['\\??\\C:\\a.pdf', 'device'],
    ['a\u0000.pdf', 'device'],
  ] as const)('P1 %j in a list is refused: %s', (path, objection) => {
    expect(pathObjection(path, true)).toBe(objection)
  })

  it('P1 a path typed by the user may lead anywhere on this machine, and nowhere else', () => {
    expect(pathObjection('../扫描/a.pdf', false)).toBeNull()
    expect(pathObjection('D:\\扫描\\a.pdf', false)).toBeNull()
    expect(pathObjection('\\\\host\\share\\a.pdf', false)).toBe('network')
    expect(pathObjection('//?/C:/x', false)).toBe('device')
  })

  it('P1 a path within the folder of the list is taken', () => {
    expect(pathObjection('材料\\决定书..pdf', true)).toBeNull()
    expect(pathObjection('./决定书.pdf', true)).toBeNull()
  })
})

describe('P6 what looks like an identity card', () => {
  it.each([
    ['身份证正面.pdf', null, true],
    ['张三 id-card.jpg', null, true],
    ['扫描.jpg', { width: 1712, height: 1080 }, true],
    ['扫描.jpg', { width: 1080, height: 1712 }, true],
    ['扫描.jpg', { width: 4000, height: 3000 }, false],
    ['扫描.jpg', { width: 1920, height: 1200 }, false],
    ['A4.jpg', { width: 2480, height: 3508 }, false],
    ['空.jpg', { width: 0, height: 0 }, false],
    ['决定书.pdf', null, false],
  ] as const)('%s %j: %s', (name, size, isOne) => {
    expect(looksLikeIdentityCard(name, size)).toBe(isOne)
  })
})
