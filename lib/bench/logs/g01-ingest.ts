import "server-only";
import { randomUUID } from "node:crypto";
import { cpus } from "node:os";
import type { Collection, Document } from "mongodb";
import { type LogEntry, logEntries } from "@/lib/mongo/collections/log-entries";
import { generateBatches } from "../generate";
import type { Bench, Figure, Goal } from "../goal";
import { milliseconds, percentile, perSecond, timed } from "../measure";
import { type ProcessorTime, whileCountingProcessors } from "../processors";
import { storedEntries } from "./stored-entries";

const rowsPerBatch = 1000;
const senders = 4;
const warmUps = 5;
/** Enough that the 99th percentile is one of the batches and not the slowest of all. */
const mostBatches = 200;

/** The same batch twice: as the body a program sends, and as the documents that a driver alone would write. */
interface Batch {
  body: string;
  documents: LogEntry[];
}

/** A batch made ready; what is timed is sending it until it is acknowledged. */
type Send = () => Promise<void>;

interface Sides {
  /** Acknowledged by the product, through HTTP. */
  ours(batch: Batch, sender: number): Send;
  /** Acknowledged by the database. */
  raw(batch: Batch, sender: number): Send;
}

export const goal: Goal = {
  id: "G1",
  title: "acknowledged rows through HTTP against insertMany of the same batches",
  async run(bench) {
    const sides = await sidesOf(bench);
    const count = Math.min(mostBatches, Math.max(40, Math.floor(bench.logs / rowsPerBatch / 4)));
    const batches = batchesOf(bench, warmUps + count);
    for (const batch of batches.splice(0, warmUps)) {
      await sides.ours(batch, 0)();
      await sides.raw(batch, 0)();
    }
    return [...(await oneSender(sides, batches, bench)), await manySenders(sides, batches, bench)];
  },
};

/** Batch after batch, the two sides in turn, each beginning as often as the other. */
async function oneSender(sides: Sides, batches: Batch[], { note, signal }: Bench): Promise<Figure[]> {
  const ours: number[] = [];
  const raw: number[] = [];
  for (const [index, batch] of batches.entries()) {
    signal.throwIfAborted();
    if (index % 20 === 0) note(`G1: batch ${index} of ${batches.length}`);
    const sendOurs = async () => ours.push((await timed(sides.ours(batch, 0))).ms);
    const sendRaw = async () => raw.push((await timed(sides.raw(batch, 0))).ms);
    for (const send of index % 2 === 0 ? [sendOurs, sendRaw] : [sendRaw, sendOurs]) await send();
  }
  const rows = batches.length * rowsPerBatch;
  const [oursMs, rawMs] = [sum(ours), sum(raw)];
  const [oursP99, rawP99] = [percentile(ours, 0.99), percentile(raw, 0.99)];
  return [
    {
      id: "G1",
      name: "ingest, one sender",
      value: rawMs / oursMs,
      unit: "x",
      goal: { atLeast: 0.7 },
      ours: perSecond(rows, oursMs),
      baseline: perSecond(rows, rawMs),
    },
    {
      id: "G1",
      name: "slowest answers, p99",
      value: oursP99 / rawP99,
      unit: "x",
      goal: { atMost: 3 },
      ours: milliseconds(oursP99),
      baseline: milliseconds(rawP99),
    },
  ];
}

/**
 * Four programs, each with an episode of its own, sending as fast as they are answered; the sides in turn, twice each. What a
 * row takes of the processors stands beside it: once they are all busy, nothing but less work makes more rows.
 */
async function manySenders(sides: Sides, batches: Batch[], { note, signal }: Bench): Promise<Figure> {
  const total: Record<"ours" | "raw", ProcessorTime> = {
    ours: { ms: 0, busyMs: 0 },
    raw: { ms: 0, busyMs: 0 },
  };
  const parts = 4;
  for (let part = 0; part < parts; part++) {
    const own = batches.filter((_, index) => index % parts === part);
    for (const side of part % 2 === 0 ? (["ours", "raw"] as const) : (["raw", "ours"] as const)) {
      signal.throwIfAborted();
      note(`G1: ${senders} senders, part ${part + 1} of ${parts}, ${side}`);
      const waiting = Array.from({ length: senders }, (_, sender) =>
        own.filter((_, index) => index % senders === sender).map((batch) => sides[side](batch, sender)),
      );
      const sendAll = async (sends: Send[]) => {
        for (const send of sends) await send();
      };
      const { ms, busyMs } = await whileCountingProcessors(() => Promise.all(waiting.map(sendAll)));
      total[side].ms += ms;
      total[side].busyMs += busyMs;
    }
  }
  const rows = batches.length * rowsPerBatch;
  return {
    id: "G1",
    name: `ingest, ${senders} senders`,
    value: total.raw.ms / total.ours.ms,
    unit: "x",
    goal: { atLeast: 0.7 },
    ours: withProcessors(rows, total.ours),
    baseline: withProcessors(rows, total.raw),
  };
}

function withProcessors(rows: number, { ms, busyMs }: ProcessorTime): string {
  const busy = `${((busyMs / ms / cpus().length) * 100).toFixed(0)} % of ${cpus().length} processors`;
  return `${perSecond(rows, ms)} (${((busyMs / rows) * 1000).toFixed(0)} µs of processor a row, ${busy})`;
}

async function sidesOf(bench: Bench): Promise<Sides> {
  const scope = await bench.workspace();
  const [{ url }, token, collection] = await Promise.all([
    bench.web(),
    bench.token(scope),
    baselineCollection(bench),
  ]);
  let handedOut = 0n;
  return {
    ours:
      ({ body }, sender) =>
      async () => {
        const answer = await fetch(`${url}/api/v1/logs?episode=g1-${sender}`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "idempotency-key": randomUUID() },
          body,
          signal: bench.signal,
        });
        const receipt = await answer.text();
        if (answer.status !== 200) throw new Error(`Ingest answered ${answer.status}: ${receipt}`);
      },
    raw({ documents }, sender) {
      const first = handedOut;
      handedOut += BigInt(documents.length);
      // Numbers and ids of their own, as the same batch is written more than once.
      const rows = documents.map(({ _id, ...document }, index) => ({
        ...document,
        episodeId: `g1-${sender}`,
        sequenceNumber: first + BigInt(index),
      }));
      return async () => {
        await collection.insertMany(rows, { ordered: false });
      };
    },
  };
}

/** A collection with the indexes of the entries, written as durably. */
async function baselineCollection({ mongo }: Bench): Promise<Collection<Document>> {
  const collection = mongo.collection("baselineEntries", { writeConcern: { w: "majority" } });
  // Before the first row: building an index on one that has rows takes long.
  await collection.createIndexes(logEntries.indexes);
  return collection;
}

function batchesOf({ seed }: Bench, count: number): Batch[] {
  return [...generateBatches(count * rowsPerBatch, rowsPerBatch, seed)].map((body) => {
    const [documents = []] = storedEntries(body.trimEnd().split("\n"), rowsPerBatch);
    return { body, documents };
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
