/** One HTTP/1.1 message as its bytes came. */
export interface Message {
  readonly head: string
  readonly bytes: Buffer
  readonly body: Buffer
}

/** Cuts a stream of bytes into HTTP/1.1 messages with a length; what is left over waits for more. */
export class Framing {
  #waiting: Buffer = Buffer.alloc(0)

  /** The messages that are complete now. */
  push(chunk: Buffer): Message[] {
    this.#waiting = Buffer.concat([this.#waiting, chunk])
    const complete: Message[] = []
    for (let message = this.#next(); message !== null; message = this.#next()) complete.push(message)
    return complete
  }

  #next(): Message | null {
    const end = this.#waiting.indexOf('\r\n\r\n')
    if (end < 0) return null
    const head = this.#waiting.subarray(0, end).toString('latin1')
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    const whole = end + 4 + length
    if (this.#waiting.length < whole) return null
    const bytes = this.#waiting.subarray(0, whole)
    this.#waiting = this.#waiting.subarray(whole)
    return { head, bytes, body: bytes.subarray(end + 4) }
  }
}
