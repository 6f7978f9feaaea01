import "server-only";
import { ensureEpisode } from "@/lib/logs/episodes";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { seededRandom } from "@/lib/seeded-random";
import type { Bench, Figure, Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { ignoreAbort, openTail, pause, readEvents, rowsPerBatch, type Server, send } from "./tail-client";

const batchEveryMs = 20;
const batchesMeasured = 200;
const mostDrops = 1_000;

/** Rows from the moment they are sent until a tail has them, and a tail whose connection breaks again and again. */
export const goal: Goal = {
  id: "G11",
  title: "a row sent until a live tail has it; rows lost or repeated over broken connections",
  async run(bench) {
    const scope = await bench.workspace();
    const [{ url }, token] = await Promise.all([bench.web(), bench.token(scope)]);
    const server = { url: `${url}/api/w/${scope.workspaceSlug}/logs`, ingest: `${url}/api/v1/logs`, token };
    for (const episodeId of ["g11-live", "g11-drops"]) await ensureEpisode(scope, episodeId);
    const ours = await tailLatency(bench, server);
    const polled = await pollLatency(bench);
    return [
      {
        id: "G11",
        name: "row sent until the tail has it, 95th percentile",
        value: percentile(ours, 0.95),
        unit: "ms",
        goal: { atMost: 500 },
        ours: milliseconds(percentile(ours, 0.95)),
        baseline: `${milliseconds(percentile(polled, 0.95))} asking the database itself every 100 ms`,
      },
      ...(await brokenTail(bench, server)),
    ];
  },
};

async function tailLatency(bench: Bench, server: Server): Promise<number[]> {
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const ended = new AbortController();
  const signal = AbortSignal.any([bench.signal, ended.signal]);
  const response = await openTail(server, "g11-live", "-1", signal);
  const reading = readEvents(response, ({ numbers }) => {
    const now = performance.now();
    for (const number of numbers) latencies.push(now - (sentAt[Math.floor(number / rowsPerBatch)] ?? now));
  }).catch(ignoreAbort);
  for (let batch = 0; batch < batchesMeasured; batch++) {
    sentAt[batch] = performance.now();
    await send(server, "g11-live", batch, bench.signal);
    await pause(batchEveryMs);
  }
  await until(() => latencies.length >= batchesMeasured * rowsPerBatch, bench.signal);
  ended.abort();
  await reading;
  return latencies;
}

/** What anybody would get who writes with the driver and asks for what is new: no HTTP, no proof of access, no order kept. */
async function pollLatency({ mongo, signal }: Bench): Promise<number[]> {
  const rows = mongo.collection("baselineTail");
  await rows.createIndexes(logEntries.indexes);
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const wanted = batchesMeasured * rowsPerBatch;
  const polling = (async () => {
    while (latencies.length < wanted) {
      signal.throwIfAborted();
      const found = await rows
        .find({ workspaceId: "w", episodeId: "e", sequenceNumber: { $gte: latencies.length } })
        .sort({ sequenceNumber: 1 })
        .toArray();
      const now = performance.now();
      for (const { sequenceNumber } of found)
        latencies.push(now - (sentAt[Math.floor(Number(sequenceNumber) / rowsPerBatch)] ?? now));
      await pause(100);
    }
  })();
  for (let batch = 0; batch < batchesMeasured; batch++) {
    sentAt[batch] = performance.now();
    await rows.insertMany(
      Array.from({ length: rowsPerBatch }, (_, row) => {
        const sequenceNumber = batch * rowsPerBatch + row;
        return {
          workspaceId: "w",
          episodeId: "e",
          sequenceNumber,
          timestamp: new Date(),
          level: "info",
          message: "m",
        };
      }),
      { writeConcern: { w: "majority" } },
    );
    await pause(batchEveryMs);
  }
  await polling;
  return latencies;
}

async function brokenTail(bench: Bench, server: Server): Promise<Figure[]> {
  const drops = Math.min(mostDrops, Math.max(50, Math.floor(bench.logs / 1000)));
  const random = seededRandom(`drops ${bench.seed}`);
  const received: number[] = [];
  const writing = { batches: 0, done: false };
  const writer = (async () => {
    for (; !writing.done; writing.batches++) {
      await send(server, "g11-drops", writing.batches, bench.signal);
      await pause(batchEveryMs);
    }
  })();
  let position = "-1";
  const connect = async (milliseconds: number) => {
    // Held by its timer: Node 20 forgets a timeout that only AbortSignal.any refers to.
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), milliseconds);
    const broken = AbortSignal.any([bench.signal, ended.signal]);
    try {
      await readEvents(await openTail(server, "g11-drops", position, broken), ({ id, numbers }) => {
        received.push(...numbers);
        position = id ?? position;
      });
    } catch (error) {
      bench.signal.throwIfAborted();
      ignoreAbort(error);
    } finally {
      clearTimeout(timer);
    }
  };
  for (let drop = 1; drop <= drops; drop++) {
    if (drop % 50 === 0) bench.note(`G11: connection broken ${drop} of ${drops} times`);
    await connect(random.whole(5, 150));
  }
  writing.done = true;
  await writer;
  const expected = writing.batches * rowsPerBatch;
  for (let round = 0; round < 20 && position !== String(expected - 1); round++) await connect(1_000);
  const different = new Set(received).size;
  const figure = (name: string, value: number): Figure => ({
    id: "G11",
    name,
    value,
    unit: "count",
    goal: { atMost: 0 },
    ours: `${received.length.toLocaleString("en")} rows over ${drops} broken connections`,
    baseline: `${expected.toLocaleString("en")} rows sent`,
  });
  const disordered = received.filter((number, index) => number <= (received[index - 1] ?? -1)).length;
  return [
    figure("rows a broken tail lost", expected - different),
    figure("rows it repeated or gave out of order", Math.max(received.length - different, disordered)),
  ];
}

async function until(condition: () => boolean, signal: AbortSignal): Promise<void> {
  while (!condition()) {
    signal.throwIfAborted();
    await pause(20);
  }
}
