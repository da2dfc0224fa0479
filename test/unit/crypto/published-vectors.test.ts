/** The examples that the norms print; what they give is known without any implementation. */
import { describe, expect, it } from 'vitest'
import { decryptSm2 } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { derCipher } from './der-text'

const privateKey = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'

describe('SM2 encryption (GM/T 0003.5-2012 appendix C)', () => {
  const x = '04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73'
  const y = 'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0'
  const digest = '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766'
  const cipher = '21886ca989ca9c7d58087307ca93092d651efa'
  const plain = (text: string): string | null => {
    const bytes = decryptSm2(text, privateKey)
    return bytes === null ? null : Buffer.from(bytes).toString('utf8')
  }

  it('decrypts "encryption standard"', () => {
    expect(plain(derCipher(x, y, digest, cipher))).toBe('encryption standard')
  })

  it('refuses it with another digest, another cipher text and a point beside the curve', () => {
    const altered = (hex: string): string => hex.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(plain(derCipher(x, y, altered(digest), cipher))).toBeNull()
    expect(plain(derCipher(x, y, digest, altered(cipher)))).toBeNull()
    expect(plain(derCipher(x, altered(y), digest, cipher))).toBeNull()
    expect(plain(derCipher(altered(x), y, digest, cipher))).toBeNull()
  })
})

describe('SM4 (GM/T 0002-2012 appendix A)', () => {
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')

  /** E(E(...E(x)...)) is CBC over blocks of zeros that starts from x; the last block is padding. */
  const encrypted = (times: number): string => {
    const chain = sm.encrypt(new Uint8Array(16 * times), block, block)
    return Buffer.from(chain.subarray(16 * (times - 1), 16 * times)).toString('hex')
  }

  it('encrypts the block of example 1', () => {
    expect(encrypted(1)).toBe('681edf34d206965e86b3e94f536e4246')
  })

  it('encrypts it a million times over, as example 2 does', () => {
    expect(encrypted(1_000_000)).toBe('595298c7c6fd271f0402f804c33d3f66')
  })
})
