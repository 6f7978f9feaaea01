import protobuf from "protobufjs";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { ProtobufReader } from "./protobuf-reader";

/** Fields 1 to 8, one of each kind, as a library writes them. */
const { root } = protobuf.parse(`
syntax = "proto3";
message Kinds {
  string text = 1; bytes data = 2; int64 long = 3; int32 int = 4; uint32 unsigned = 5; bool flag = 6;
  fixed64 nanos = 7; double ratio = 8; fixed32 flags = 9; Kinds nested = 10;
}`);
const kinds = root.lookupType("Kinds");
const written = (fields: object) =>
  new ProtobufReader(Buffer.from(kinds.encode(kinds.fromObject(fields)).finish()));

/** A group of field 20 around `inside`, as senders of protobuf 2 may write one. */
const group = (inside: number[]) => [0xa3, 0x01, ...inside, 0xa4, 0x01];

describe("ProtobufReader", () => {
  test.each([
    ["text", { text: "naïve 😀 \u0000" }, (m: ProtobufReader) => m.string(), "naïve 😀 \u0000"],
    ["bytes", { data: Buffer.from([0, 255]) }, (m: ProtobufReader) => [...m.bytes()], [0, 255]],
    ["the smallest int64", { long: "-9223372036854775808" }, (m: ProtobufReader) => m.int64(), -(2n ** 63n)],
    ["the largest int64", { long: "9223372036854775807" }, (m: ProtobufReader) => m.int64(), 2n ** 63n - 1n],
    ["a negative int32", { int: -2 }, (m: ProtobufReader) => m.int32(), -2],
    ["the largest uint32", { unsigned: 4294967295 }, (m: ProtobufReader) => m.uint32(), 4294967295],
    ["true", { flag: true }, (m: ProtobufReader) => m.bool(), true],
    [
      "the largest fixed64",
      { nanos: "18446744073709551615" },
      (m: ProtobufReader) => m.fixed64(),
      2n ** 64n - 1n,
    ],
    ["a double", { ratio: -0.1 }, (m: ProtobufReader) => m.double(), -0.1],
    ["a fixed32", { flags: 4294967295 }, (m: ProtobufReader) => m.fixed32(), 4294967295],
  ])("reads %s as it was written", (_kind, fields, read, value) => {
    const message = written(fields);
    expect(message.next()).toBe(true);
    expect(read(message)).toEqual(value);
    expect(message.next()).toBe(false);
  });

  test("steps over fields it is not asked for, whatever their type, groups too", () => {
    const before = kinds
      .encode(kinds.fromObject({ text: "x", long: 5, nanos: 6, flags: 7, nested: {} }))
      .finish();
    const after = kinds.encode(kinds.fromObject({ ratio: 2.5 })).finish();
    const message = new ProtobufReader(
      Buffer.concat([before, Buffer.from(group([0x08, 0x01, ...group([0x12, 0x01, 0x41])])), after]),
    );
    const read: number[] = [];
    while (message.next()) {
      if (message.field === 8) read.push(message.double());
      else message.skip();
    }
    expect(read).toEqual([2.5]);
  });

  test.each([
    ["a cut varint", [0x18, 0x80]],
    ["a varint of eleven bytes", [0x18, ...Array(10).fill(0xff), 0x01]],
    ["a length beyond the end", [0x0a, 0x05, 0x41]],
    ["a length beyond any memory", [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ["field 0", [0x00, 0x01]],
    ["a wire type that is none", [0x0f]],
    ["a group that does not end", [0xa3, 0x01, 0x08, 0x01]],
    ["a group that ends as another", [0xa3, 0x01, 0xac, 0x01]],
    ["an end without a group", [0xa4, 0x01]],
    ["groups without end", Array(300).fill([0xa3, 0x01]).flat()],
  ])("refuses %s", (_what, bytes) => {
    const message = new ProtobufReader(Buffer.from(bytes));
    expect(() => {
      while (message.next()) message.skip();
    }).toThrow(AppError);
  });

  test("refuses text that is not UTF-8 and a field of another type, instead of guessing", () => {
    const broken = new ProtobufReader(Buffer.from([0x0a, 0x02, 0xc3, 0x28]));
    broken.next();
    expect(() => broken.string()).toThrow("not UTF-8");
    const number = written({ long: 5 });
    number.next();
    expect(() => number.string()).toThrow("another type");
  });

  test("refuses messages that nest deeper than anybody means", () => {
    let bytes = Buffer.alloc(0);
    for (let depth = 0; depth < 200; depth++) {
      const length = bytes.length < 0x80 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
      bytes = Buffer.concat([Buffer.from([0x52, ...length]), bytes]);
    }
    const descend = (message: ProtobufReader): void => {
      while (message.next()) descend(message.nested());
    };
    expect(() => descend(new ProtobufReader(bytes))).toThrow("nest deeper than 100");
  });
});
