import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/errors";

export const wire = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** As deep as the reference parsers of protobuf go: recursion has an end. */
const maxDepth = 100;

/**
 * Reads one protobuf message field by field, without building what the caller skips:
 *
 *   while (message.next()) { if (message.field === 1) name = message.string(); else message.skip(); }
 *
 * Stricter than most decoders where they would change what was sent without a word: a field of another wire type than
 * declared and text that is not UTF-8 are errors, and 64-bit integers are bigints.
 */
export class ProtobufReader {
  /** Number of the field that `next` has stepped to. */
  field = 0;
  private wireType: number = wire.varint;
  private at = 0;

  constructor(
    private readonly message: Buffer,
    private readonly depth = 1,
  ) {
    if (depth > maxDepth) throw malformed(`messages nest deeper than ${maxDepth}`);
  }

  next(): boolean {
    if (this.at >= this.message.length) return false;
    const tag = this.smallVarint();
    if (tag > 0xffff_ffff || tag < 8) throw malformed("a field has no valid number");
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    return true;
  }

  /** The same message from its beginning. */
  again(): ProtobufReader {
    return new ProtobufReader(this.message, this.depth);
  }

  string(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) throw malformed("a text is not UTF-8");
    return bytes.toString("utf8");
  }

  /** A view, not a copy. */
  bytes(): Buffer {
    this.expect(wire.bytes);
    return this.take(this.length());
  }

  nested(): ProtobufReader {
    return new ProtobufReader(this.bytes(), this.depth + 1);
  }

  int64(): bigint {
    this.expect(wire.varint);
    return BigInt.asIntN(64, this.varint());
  }

  int32(): number {
    return Number(BigInt.asIntN(32, this.int64()));
  }

  uint32(): number {
    return Number(BigInt.asUintN(32, this.int64()));
  }

  bool(): boolean {
    return this.int64() !== 0n;
  }

  fixed64(): bigint {
    this.expect(wire.fixed64);
    return this.take(8).readBigUInt64LE();
  }

  fixed32(): number {
    this.expect(wire.fixed32);
    return this.take(4).readUInt32LE();
  }

  double(): number {
    this.expect(wire.fixed64);
    return this.take(8).readDoubleLE();
  }

  /** Steps over a field that the caller does not know; senders may be newer than we are. */
  skip(depth = this.depth): void {
    switch (this.wireType) {
      case wire.varint:
        this.varint();
        return;
      case wire.fixed64:
        this.take(8);
        return;
      case wire.fixed32:
        this.take(4);
        return;
      case wire.bytes:
        this.take(this.length());
        return;
      case wire.startGroup:
        this.skipGroup(this.field, depth + 1);
        return;
      default:
        throw malformed("a field has no valid wire type");
    }
  }

  private skipGroup(field: number, depth: number): void {
    if (depth > maxDepth) throw malformed(`messages nest deeper than ${maxDepth}`);
    while (this.next()) {
      if (this.wireType !== wire.endGroup) this.skip(depth);
      else if (this.field === field) return;
      else throw malformed("a group ends that did not begin");
    }
    throw malformed("the message ends too early");
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw malformed(`field ${this.field} is of another type`);
  }

  private length(): number {
    const length = this.smallVarint();
    if (length > this.message.length) throw malformed("the message ends too early");
    return length;
  }

  private take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.message.length) throw malformed("the message ends too early");
    const taken = this.message.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** A varint whose value is checked against a small bound by the caller; most are one byte. */
  private smallVarint(): number {
    const first = this.message[this.at] ?? 0xff;
    if (first >= 0x80) return Number(this.varint());
    this.at++;
    return first;
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.message[this.at++];
      if (byte === undefined) throw malformed("the message ends too early");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed("a number is longer than 64 bits");
  }
}

function malformed(reason: string): AppError {
  return new AppError("bad_input", `The body is no protobuf message of this kind: ${reason}.`);
}
