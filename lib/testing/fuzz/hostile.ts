import { type Door, type FuzzBody, nothing } from "./body";
import type { Chance } from "./chance";
import { linesBody } from "./lines";
import { lokiBody } from "./loki";
import { badGzip, garbage, zipBomb } from "./mutate";
import { otlpBody } from "./otlp";

/* Bodies and headers that no sender in its right mind sends. */

const typesOf: Record<Door, string[]> = {
  lines: ["application/x-ndjson"],
  otlp: ["application/json", "application/x-protobuf"],
  loki: ["application/json", "application/x-protobuf"],
};
const doors: Door[] = ["lines", "otlp", "loki"];
const refusals = [400, 413, 415];

export function garbageBody(chance: Chance): FuzzBody {
  const door = chance.pick(doors);
  return {
    door,
    kind: "garbage",
    body: garbage(chance),
    headers: { "content-type": chance.pick(typesOf[door]) },
    // Objects without a record, and protobuf of unknown fields, are good requests that store nothing.
    statuses: [200, 204, ...refusals],
    promised: (_status, answer) => {
      const accepted = door === "lines" && answer.startsWith('{"accepted"') ? JSON.parse(answer).accepted : 0;
      return Array.from({ length: accepted }, () => () => null);
    },
  };
}

export function badGzipBody(chance: Chance): FuzzBody {
  const door = chance.pick(doors);
  // Without a line feed: of a body that breaks off, whole lines before the break may be stored.
  const content = Buffer.from("x".repeat(chance.below(5000)));
  return {
    door,
    kind: "broken gzip",
    body: badGzip(content, chance),
    headers: { "content-type": chance.pick(typesOf[door]), "content-encoding": "gzip" },
    statuses: refusals,
    promised: nothing,
  };
}

export function zipBombBody(chance: Chance): FuzzBody {
  const door = chance.pick(doors);
  return {
    door,
    kind: "zip bomb",
    body: zipBomb(),
    headers: { "content-type": chance.pick(typesOf[door]), "content-encoding": "gzip" },
    statuses: [413],
    promised: nothing,
  };
}

/** A good body under headers that must be refused. */
export function absurdHeadersBody(chance: Chance): FuzzBody {
  const good = chance.pick([linesBody, otlpBody, lokiBody])(chance);
  const size = good.body.length;
  const headers = chance.pick<Record<string, string>>([
    { authorization: "" },
    { authorization: "Bearer " },
    { authorization: `Bearer ${"x".repeat(5000)}` },
    { authorization: "Basic dTpw" },
    { authorization: "Bearer strata_'; drop table users; --" },
    { "x-strata-episode": "../../etc/passwd" },
    { "x-strata-episode": "a".repeat(201) },
    { "x-strata-episode": "$ne" },
    { "x-strata-episode": "\u00ff" },
    { "idempotency-key": "k".repeat(201) },
    { "idempotency-key": "with space" },
    { "idempotency-key": "\u00e4" },
    { "content-length": String(size + 1) },
    { "content-length": "99999999999999999999" },
    { "content-encoding": "deflate, gzip" },
    { "content-encoding": "zstd" },
    { "content-encoding": "\u00ff" },
    ...(good.door === "lines"
      ? []
      : [{ "content-type": "text/html" }, { "content-type": "application/jsonx;" }]),
  ]);
  return {
    ...good,
    kind: `${good.kind} under ${JSON.stringify(headers).slice(0, 80)}`,
    headers: { ...good.headers, ...headers },
    statuses: [400, 401, 413, 415],
    twice: false,
    promised: nothing,
  };
}
