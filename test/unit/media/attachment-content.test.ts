import { describe, expect, it } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { judgeContent } from '@engine/media/attachment-content'
import { cameraExif, jpegWith, plainJpeg, plainPng, smallOfd, smallPdf } from '@test/fixtures/pictures'

const refusal = async (name: string, bytes: Buffer): Promise<string> => {
  try {
    return (await judgeContent(name, bytes)).kind
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    expect(error.failure.code).toBe('attachment.content-refused')
    return String(error.failure.params['detail'])
  }
}

describe('the content of supporting documents', () => {
  it('is kept as it is where nothing has to go', async () => {
    for (const [name, bytes, kind] of [
      ['a.pdf', smallPdf(), 'pdf'],
      ['a.JPG', plainJpeg(), 'jpeg'],
      ['a.ofd', await smallOfd(), 'ofd'],
    ] as const) {
      const judged = await judgeContent(name, bytes)
      expect(judged).toMatchObject({ kind, stripped: [] })
      expect(judged.bytes.equals(bytes)).toBe(true)
    }
  })

  it('P6 gives up what a camera wrote into it', async () => {
    const judged = await judgeContent('现场.jpg', jpegWith(cameraExif(1)))
    expect(judged.stripped).toEqual(['place', 'device', 'other'])
    expect(judged.bytes.equals(plainJpeg())).toBe(true)
  })

  it('P3 must be what the ending says', async () => {
    expect(await refusal('证明.pdf', Buffer.from('MZ\x90\0'.padEnd(4_000)))).toMatch(/不是后缀/)
    expect(await refusal('证明.pdf', plainPng())).toMatch(/不是后缀/)
    expect(await refusal('证明.jpg', smallPdf())).toMatch(/不是后缀/)
    expect(await refusal('证明.pdf', Buffer.from('<script>%PDF-'))).toMatch(/不是后缀/)
  })

  it('is whole, and does nothing by itself', async () => {
    expect(await refusal('a.pdf', smallPdf().subarray(0, 80))).toMatch(/损坏/)
    expect(await refusal('a.jpg', plainJpeg().subarray(0, 400))).toMatch(/损坏/)
    expect(await refusal('a.ofd', await smallOfd('word/document.xml'))).toMatch(/损坏/)
    expect(await refusal('a.ofd', (await smallOfd()).subarray(0, 60))).toMatch(/损坏/)
    expect(await refusal('a.pdf', smallPdf('/OpenAction<</S/JavaScript/JS(app.alert)>>'))).toMatch(/自动运行/)
    expect(await refusal('a.pdf', smallPdf('<</S/Launch/F(cmd.exe)>>'))).toMatch(/自动运行/)
  })
})
