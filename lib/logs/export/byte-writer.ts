const quote = 0x22;

/** Text written piece by piece into one growing buffer: strings that are put together row by row cost several times as much. */
export class ByteWriter {
  private buffer: Buffer;
  private end = 0;

  constructor(expected: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(256, expected));
  }

  /** Bytes out of another buffer, as they are. */
  bytes(source: Buffer, from: number, to: number): void {
    this.reserve(to - from);
    this.end += source.copy(this.buffer, this.end, from, to);
  }

  /** Bytes out of another buffer between quotes, with each quote doubled. */
  quoted(source: Buffer, from: number, to: number): void {
    this.reserve(2 * (to - from) + 2);
    const { buffer } = this;
    let end = this.end;
    buffer[end++] = quote;
    for (let at = from; at < to; at++) {
      const byte = source[at] ?? 0;
      buffer[end++] = byte;
      if (byte === quote) buffer[end++] = quote;
    }
    buffer[end++] = quote;
    this.end = end;
  }

  text(text: string): void {
    this.reserve(text.length * 3);
    this.end += this.buffer.write(text, this.end, "utf8");
  }

  byte(byte: number): void {
    this.reserve(1);
    this.buffer[this.end++] = byte;
  }

  /** What was written. Nothing is written any more after this. */
  take(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  private reserve(more: number): void {
    if (this.end + more <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.end + more));
    this.buffer.copy(grown, 0, 0, this.end);
    this.buffer = grown;
  }
}
