import { uncompressSync } from "snappy";
import { type LokiPush, lokiDecoded, lokiProtobuf } from "../loki";
import { differ, equalRow, exactRow, type FuzzBody, type Promised } from "./body";
import type { Chance } from "./chance";
import { someKey, someText, someWellFormedText } from "./json-tree";
import { mutate } from "./mutate";

/* Bodies for POST /loki/api/v1/push. */

type Encoding = "json" | "protobuf";
const contentTypes = { json: "application/json", protobuf: "application/x-protobuf" };

export function lokiBody(chance: Chance): FuzzBody {
  const encoding = chance.pick<Encoding>(["json", "protobuf"]);
  const push = somePush(chance, encoding);
  return {
    door: "loki",
    kind: `Loki ${encoding}`,
    body: encode(push, encoding),
    headers: { "content-type": contentTypes[encoding] },
    statuses: [204],
    twice: chance.happens(0.05),
    promised: () => rowsOf(push).map(exactRow),
  };
}

export function mutatedLokiBody(chance: Chance): FuzzBody {
  const encoding = chance.pick<Encoding>(["json", "protobuf"]);
  const body = mutate(encode(somePush(chance, encoding), encoding), chance);
  return {
    door: "loki",
    kind: `mutated Loki ${encoding}`,
    body,
    headers: { "content-type": contentTypes[encoding] },
    promised: (status) => (status === 204 ? promisedBy(body, encoding) : []),
  };
}

function promisedBy(body: Uint8Array, encoding: Encoding): Promised {
  if (encoding === "json") return rowsOf(JSON.parse(Buffer.from(body).toString("utf8"))).map(equalRow);
  // The labels are one text of their own grammar, which a changed byte may turn into others; the lines tell enough.
  return lokiDecoded(Buffer.from(uncompressSync(Buffer.from(body)))).map(
    (line) =>
      ({ message }) =>
        message === line ? null : differ("message", message, line),
  );
}

function encode(push: LokiPush, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return encoding === "json" ? Uint8Array.from(Buffer.from(JSON.stringify(push))) : lokiProtobuf(push);
}

function somePush(chance: Chance, encoding: Encoding): LokiPush {
  const isJson = encoding === "json";
  const text = () => (isJson ? someText(chance) : someWellFormedText(chance));
  const name = () => (isJson ? someKey(chance) : someKey(chance).toWellFormed());
  // Objects order names that are numbers before all others, so a sender in JavaScript cannot send them elsewhere.
  const labels = (names: () => string) =>
    Object.fromEntries(
      chance.times(4, () => [names(), text()] as const).filter(([key]) => !/^\d+$/.test(key)),
    );
  return {
    streams: [0, ...chance.times(2, (index) => index + 1)].map((index) => ({
      // Names of labels are words, but for JSON, which can spell any.
      stream: {
        stream: `s${index}`,
        ...labels(isJson ? name : () => chance.pick(["app", "env", "a.b", "x_1"])),
      },
      values: chance.times(3, () => {
        const time = chance.pick(["1680000000123456789", "0", "-1", "9223372036854775807"]);
        return chance.happens(0.5) ? [time, text()] : [time, text(), labels(name)];
      }),
    })),
  };
}

function rowsOf(push: LokiPush): { message: string; metadataText: string }[] {
  return push.streams.flatMap(({ stream, values }) =>
    (values ?? []).map(([time, line, own]) => {
      const metadata =
        own && Object.keys(own).length > 0 ? `"structuredMetadata":${JSON.stringify(own)},` : "";
      return {
        message: line,
        metadataText: `{"labels":${JSON.stringify(stream)},${metadata}"timeUnixNano":${BigInt(time)}}`,
      };
    }),
  );
}
