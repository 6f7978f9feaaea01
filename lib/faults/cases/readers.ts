import "server-only";
import { openExport } from "@/lib/logs/export/export";
import { exportRequestFrom } from "@/lib/logs/export/request";
import { readLogPage } from "@/lib/logs/queries";
import type { LogEntryRow } from "@/lib/logs/schema";
import { followEpisode } from "@/lib/logs/tail/follow";
import { trusted } from "../check/answer";
import { checkExported } from "../check/exported";
import { checkRows } from "../check/rows";
import { chunksOf } from "../chunks";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

/** Readers while rows move under them. */
export const readerCases: FaultCase[] = [
  {
    id: "F28",
    title: "pages, exports and a live tail are read while writers write and archivers commit and delete",
    run: readMeanwhile,
  },
  { id: "F32", title: "a storm of reads of one chunk", run: storm },
  { id: "F33 export", title: "the right to read ends in the middle of an export", run: revoked },
];

/** F28: every page is dense and every row the one that was sent, at every moment; the tail tells each number once. */
async function readMeanwhile(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(200, 400), chunkSize: random.whole(30, 90) });
  const told = followUntil(world, episode);
  let moving = true;
  const moves = move(world, episode).finally(() => {
    moving = false;
  });
  let pages = 0;
  const page = async () => {
    while (moving) {
      const { nextSequenceNumber } = await episode.record();
      const from = String(random.whole(0, Number(nextSequenceNumber)));
      const direction = random.pick(["forward", "backward"] as const);
      const limit = random.whole(1, 300);
      const read = await readLogPage(world.scope, episode.id, { from, direction, limit, filter: {} });
      const rows = read?.rows ?? [];
      checkRows(world, episode, rows);
      for (const row of rows)
        if (row.kind === "gap" && row.reason !== "in_flight")
          world.violate("I1", `A page shows ${row.from}–${row.to} as ${row.reason}: ${row.detail}`);
      pages++;
    }
  };
  const exports = async () => {
    while (moving) await checkExported(world, episode);
  };
  await Promise.all([moves, page(), page(), exports()]);
  world.choose("pages", pages);
  const { nextSequenceNumber } = await episode.record();
  await told.until(nextSequenceNumber - 1n);
}

/** Two rounds of an archiver in a process of its own, while this one writes. */
async function move(world: World, episode: Episode): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const archiver = world.start(episode.archiving(null));
    await episode.write(world.random.whole(50, 150));
    await archiver.outcome();
  }
}

/** A live tail from the beginning. Its numbers must come in order and each once. */
function followUntil(world: World, episode: Episode) {
  const stop = new AbortController();
  let reached = -1n;
  let waiting = { number: -1n, resolve: () => {} };
  const following = (async () => {
    const request = { from: 0n, query: exportRequestFrom(new URLSearchParams()).query };
    const events = await followEpisode(world.scope, episode.id, request, {
      answer: trusted,
      signal: stop.signal,
    });
    if (!events) throw new Error("The tail found no episode");
    for await (const event of events) {
      if (event.kind === "rows") checkTold(world, episode, event.rows, reached);
      else if (event.kind === "end" || event.kind === "skipped")
        world.violate("I12", `The tail, at ${reached}, says ${event.kind}.`);
      if (event.kind === "rows" || event.kind === "gap") reached = event.through;
      if (reached >= waiting.number) waiting.resolve();
      if (stop.signal.aborted) return;
    }
  })();
  return {
    until: async (number: bigint) => {
      const there = new Promise<void>((resolve) => {
        waiting = { number, resolve };
        if (reached >= number) resolve();
      });
      await Promise.race([there, following]);
      stop.abort();
      await following;
      world.assume(reached === number, "I12", () => `The tail ends at ${reached}, the episode at ${number}.`);
    },
  };
}

function checkTold(world: World, episode: Episode, rows: LogEntryRow[], reached: bigint): void {
  const [first] = rows;
  world.assume(
    first !== undefined && BigInt(first.seq) === reached + 1n,
    "I12",
    () => `After ${reached} the tail tells ${JSON.stringify(first)}.`,
  );
  checkRows(world, episode, rows);
}

const minuteMs = 60_000;

/** F32: reading is not writing: a chunk's last access is noted once a minute, however many read it. */
async function storm(world: World): Promise<void> {
  const { random } = world;
  const chunkSize = random.whole(50, 120);
  const episode = await world.episode({ rows: chunkSize * 2, chunkSize });
  await episode.archive();
  const noted = new Set<number>();
  const [before] = await chunksOf(episode);
  const readers = world.choose("readers", random.whole(10, 40));
  await Promise.all(
    Array.from({ length: readers }, async () => {
      const from = String(random.whole(0, chunkSize - 1));
      const request = { from, direction: "forward", limit: 10, filter: {} } as const;
      checkRows(world, episode, (await readLogPage(world.scope, episode.id, request))?.rows ?? []);
      const [chunk] = await chunksOf(episode);
      if (chunk) noted.add(chunk.lastAccessed.getTime());
    }),
  );
  noted.delete(before?.lastAccessed.getTime() ?? 0);
  // The commit counts as the first access, so within its minute no read is noted at all.
  const young = Date.now() - (before?.createdAt.getTime() ?? 0) < minuteMs;
  world.assume(
    noted.size <= (young ? 0 : 1),
    "F32",
    () => `${readers} readers within a minute noted ${noted.size} accesses.`,
  );
}

/** F33: from the moment on at which the right is gone, no row leaves; the last line says why. */
async function revoked(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(300, 600), chunkSize: random.whole(30, 60) });
  await episode.archive();
  await episode.write(random.whole(50, 150));
  let asked = 0;
  let refused = false;
  let after = 0;
  const rights = world.choose("rights", random.whole(0, 5));
  const answer = {
    ...trusted,
    stillAllowed: async () => {
      refused = asked++ >= rights;
      return !refused;
    },
  };
  const request = exportRequestFrom(new URLSearchParams());
  // Every piece asks again, because its proof is always too old.
  const found = await openExport(world.scope, episode.id, request, { answer, trustMs: -1 });
  const parts: Buffer[] = [];
  for await (const part of found?.bytes ?? []) {
    parts.push(part);
    if (refused) after++;
  }
  const last = JSON.parse(Buffer.concat(parts).toString("utf8").trimEnd().split("\n").at(-1) ?? "{}");
  world.assume(
    refused && after === 1 && last.complete === false && last.error?.code === "forbidden",
    "F33",
    () => `After the right had ended ${after} parts came, the last line is ${JSON.stringify(last)}.`,
  );
}
