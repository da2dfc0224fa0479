import type { Seeded } from './seeded'

const TELLING = [0x00, 0xff, 0x7f, 0x80, 0x0a, 0x0d, 0x22, 0x3c, 0x50]

type ByteChange = (bytes: Buffer, random: Seeded) => Buffer

const spliced = (bytes: Buffer, at: number, length: number, instead: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), instead, bytes.subarray(at + length)])

const changes: readonly ByteChange[] = [
  (bytes, random) => {
    const at = random.below(bytes.length)
    bytes[at] = bytes[at]! ^ (1 << random.below(8))
    return bytes
  },
  (bytes, random) => {
    bytes[random.below(bytes.length)] = random.pick(TELLING)
    return bytes
  },
  (bytes, random) => spliced(bytes, random.below(bytes.length), 1 + random.below(40), Buffer.alloc(0)),
  (bytes, random) => {
    const noise = Buffer.from(Array.from({ length: 1 + random.below(30) }, () => random.below(256)))
    return spliced(bytes, random.below(bytes.length), 0, noise)
  },
  (bytes, random) => {
    const from = random.below(bytes.length)
    const piece = Buffer.from(bytes.subarray(from, from + 1 + random.below(200)))
    return spliced(bytes, random.below(bytes.length), random.chance(0.5) ? piece.length : 0, piece)
  },
  (bytes, random) => Buffer.from(bytes.subarray(0, random.below(bytes.length))),
  (bytes, random) => {
    if (bytes.length < 4) return bytes
    const number = random.pick([0, 1, 0x7fffffff, 0xffffffff, 0xffff, 0x10000])
    bytes.writeUInt32LE(number, random.below(bytes.length - 3))
    return bytes
  },
]

/** A copy with a few bytes changed, lost, doubled or moved. */
export function mutateBytes(bytes: Buffer, random: Seeded): Buffer {
  let current = Buffer.from(bytes)
  random.times(6, () => {
    if (current.length > 0) current = Buffer.from(random.pick(changes)(current, random))
  })
  return current
}
