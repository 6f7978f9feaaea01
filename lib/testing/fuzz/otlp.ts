import { gzipSync } from "node:zlib";
import { otlpDecoded, otlpProtobuf } from "../otlp";
import { equalRow, exactRow, type FuzzBody, type Promised } from "./body";
import type { Chance } from "./chance";
import { someKey, someText, someWellFormedText } from "./json-tree";
import { mutate } from "./mutate";
import { type Holder, type KeyValue, type OtlpRequest, rowsOf, type Value } from "./otlp-rows";

/* Bodies for POST /v1/logs. */

type Encoding = "json" | "protobuf";
const contentTypes = { json: "application/json", protobuf: "application/x-protobuf" };

export function otlpBody(chance: Chance): FuzzBody {
  const encoding = chance.pick<Encoding>(["json", "protobuf"]);
  const request = someRequest(chance, encoding);
  const spelled = encode(request, encoding);
  // Integers of 64 bits may come as numbers too, with every one of their digits.
  const plain = encoding === "json" && chance.happens(0.5) ? withNumbers(spelled) : spelled;
  const packed = chance.happens(0.2);
  return {
    door: "otlp",
    kind: `OTLP ${encoding}`,
    body: packed ? Uint8Array.from(gzipSync(plain)) : plain,
    headers: { "content-type": contentTypes[encoding], ...(packed && { "content-encoding": "gzip" }) },
    statuses: [200],
    twice: chance.happens(0.05),
    promised: () => rowsOf(request).map(exactRow),
  };
}

/** A value within a value within a value: as deep as a document may be, deeper, and too deep. */
export function deepOtlpBody(chance: Chance): FuzzBody {
  const encoding = chance.pick<Encoding>(["json", "protobuf"]);
  let value: Value = { intValue: "1" };
  // The library that encodes protobuf here goes no deeper than this.
  const depths = encoding === "json" ? [20, 40, 90, 160, 400] : [10, 20, 30];
  for (let depth = chance.pick(depths); depth > 0; depth--)
    value = chance.happens(0.5)
      ? { arrayValue: { values: [value] } }
      : { kvlistValue: { values: [{ key: "k", value }] } };
  const logRecords = [
    { timeUnixNano: "1", body: { stringValue: "deep" }, attributes: [{ key: "v", value }] },
  ];
  const request: OtlpRequest = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
  return {
    door: "otlp",
    kind: `deep OTLP ${encoding}`,
    body: encode(request, encoding),
    headers: { "content-type": contentTypes[encoding] },
    statuses: [200, 400],
    promised: (status) => (status === 200 ? rowsOf(request).map(exactRow) : []),
  };
}

export function mutatedOtlpBody(chance: Chance): FuzzBody {
  const encoding = chance.pick<Encoding>(["json", "protobuf"]);
  const body = mutate(encode(someRequest(chance, encoding), encoding), chance);
  return {
    door: "otlp",
    kind: `mutated OTLP ${encoding}`,
    body,
    headers: { "content-type": contentTypes[encoding] },
    promised: (status) => (status === 200 ? promisedBy(body, encoding) : []),
  };
}

function promisedBy(body: Uint8Array, encoding: Encoding): Promised {
  const request: OtlpRequest =
    encoding === "json" ? JSON.parse(Buffer.from(body).toString("utf8")) : otlpDecoded(body);
  return rowsOf(request).map(equalRow);
}

function encode(request: OtlpRequest, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return encoding === "json" ? Uint8Array.from(Buffer.from(JSON.stringify(request))) : otlpProtobuf(request);
}

function withNumbers(json: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(json).toString("utf8");
  return Uint8Array.from(Buffer.from(text.replace(/"(intValue|timeUnixNano)":"(-?\d+)"/g, '"$1":$2')));
}

function someRequest(chance: Chance, encoding: Encoding): OtlpRequest {
  const text = () => (encoding === "json" ? someText(chance) : someWellFormedText(chance));
  const value = (depth = 0): Value => {
    const kind = chance.below(depth > 3 ? 6 : 8);
    if (kind === 0) return {};
    if (kind === 1) return { boolValue: chance.happens(0.5) };
    if (kind === 2)
      return {
        intValue: chance.pick(["0", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808"]),
      };
    if (kind === 3) return { doubleValue: chance.pick([0, 1, -2.5, 1e21, 1e300, 5e-324, 0.1, 2 ** 60]) };
    if (kind === 4)
      return { bytesValue: Buffer.from(chance.times(9, () => chance.below(256))).toString("base64") };
    if (kind === 5) return { stringValue: text() };
    if (kind === 6) return { arrayValue: { values: chance.times(3, () => value(depth + 1)) } };
    return { kvlistValue: { values: attributes(depth + 1) } };
  };
  const attributes = (depth = 0): KeyValue[] =>
    chance.times(4, () => {
      const key = someKey(chance);
      return { key: encoding === "json" ? key : key.toWellFormed(), value: value(depth) };
    });
  const record = (): Holder => ({
    timeUnixNano: chance.pick(["1544712660300000001", "1", "18446744073709551615"]),
    severityNumber: chance.below(30),
    body: value(),
    attributes: attributes(),
    ...(chance.happens(0.5) && { traceId: "5b8efff798038103d269b633813fc60c", spanId: "EEE19B7EC3C1B174" }),
    ...(chance.happens(0.3) && { severityText: text(), eventName: text(), flags: chance.below(2 ** 31) }),
    ...(chance.happens(0.3) && {
      observedTimeUnixNano: "1544712660300000002",
      droppedAttributesCount: chance.below(9),
    }),
  });
  return {
    resourceLogs: chance.times(2, () => ({
      resource: { attributes: attributes(), droppedAttributesCount: chance.below(2) },
      schemaUrl: chance.pick(["", "https://example.test"]),
      scopeLogs: chance.times(2, () => ({
        scope: { name: text(), version: "1", attributes: attributes() },
        logRecords: chance.times(3, record),
      })),
    })),
  };
}
