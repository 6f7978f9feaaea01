import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { listArchiveAttempts } from "@/lib/archive/queries";
import type { Fault } from "@/lib/objects/fault-kinds";
import { objectStore } from "@/lib/objects/store";
import { checkAll } from "../check/final";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

const reset = (at: "request" | "upload" | "answer" | "download"): Fault => ({ kind: "reset", at });
const stall: Fault = { kind: "stall", ms: 60_000 };
const status = (code: number): Fault => ({ kind: "status", status: code });

/** The object store, or the way to it, misbehaves while the archiver writes. */
export const s3Cases: FaultCase[] = [
  { id: "F12 down", title: "S3 refuses or drops everything", needs: "s3", run: outage },
  { id: "F12 flaky", title: "every third request to S3 fails", needs: "s3", run: flaky },
  { id: "F13", title: "S3 acknowledges an object and stores something else", needs: "s3", run: spoiledPut },
  { id: "F14", title: "an object is stored and the answer is lost", needs: "s3", run: lostAnswer },
  { id: "F15 conflict", title: "S3 reports conflicts of concurrent puts", needs: "s3", run: conflicts },
  { id: "F15 multipart", title: "the archiver dies in a multipart upload", needs: "s3", run: openUpload },
];

/** F12: nothing is deleted, the failure is on record, and once the store is back all of it is archived. */
async function outage(world: World): Promise<void> {
  const { random } = world;
  const proxy = await world.moveToS3();
  const episode = await world.episode({ chunkSize: random.whole(50, 100) });
  const faults = [status(500), status(503), status(403), reset("request"), reset("upload"), stall] as const;
  const fault = random.pick(faults);
  world.choose("fault", JSON.stringify(fault));
  const operation = world.choose("operation", random.pick(["PutObject", "GetObject"] as const));
  proxy.fault(fault, { operation, times: 10_000, after: random.whole(0, 1) });
  await expectFailure(world, episode);
  proxy.heal();
  await checkAll(world, episode);
}

async function flaky(world: World): Promise<void> {
  const { random } = world;
  const proxy = await world.moveToS3();
  const episode = await world.episode({ rows: random.whole(200, 500) });
  const faults = [status(500), status(503), reset("request"), reset("answer"), reset("download")];
  faults.push({ kind: "stall", ms: random.whole(20, 100) });
  proxy.sometimes(faults, { rate: 1 / 3, random: random.next });
  // Each run gets somewhere or fails cleanly; a failed one is a crash that may have left its object.
  for (let run = 0; run < 4; run++) {
    const { outcome } = await episode.archive();
    if (outcome === "done") break;
    world.crashes++;
    await episode.write(random.whole(1, 30));
  }
  proxy.heal();
  await checkAll(world, episode);
}

/** F13: S4 sees it; no chunk points at such an object. */
async function spoiledPut(world: World): Promise<void> {
  const { random } = world;
  const proxy = await world.moveToS3();
  const episode = await world.episode({ chunkSize: random.whole(50, 100) });
  const how = world.choose("how", random.pick(["truncate", "empty", "zero", "flip"] as const));
  proxy.fault({ kind: "spoil", where: "sent", how }, { operation: "PutObject", after: random.whole(0, 1) });
  await expectFailure(world, episode);
  await checkAll(world, episode);
}

/** F14: the repeated put finds the object there; S4 says whether it is the same. */
async function lostAnswer(world: World): Promise<void> {
  const { random } = world;
  const proxy = await world.moveToS3();
  const episode = await world.episode({ chunkSize: random.whole(50, 100) });
  const same = world.choose("same", random.chance(0.5));
  const after = random.whole(0, 1);
  if (same) {
    proxy.fault(reset("answer"), { operation: "PutObject", after });
    const result = await episode.archive();
    world.assume(
      result.outcome === "done",
      "F14",
      () => `An equal object was not adopted: ${JSON.stringify(result)}.`,
    );
  } else {
    const how = random.pick(["truncate", "flip"] as const);
    proxy.fault({ kind: "spoil", where: "sent", how, answerLost: true }, { operation: "PutObject", after });
    await expectFailure(world, episode);
  }
  await checkAll(world, episode);
}

async function conflicts(world: World): Promise<void> {
  const proxy = await world.moveToS3();
  const episode = await world.episode();
  proxy.fault(status(409), { operation: "PutObject", times: world.random.whole(1, 2) });
  const result = await episode.archive();
  world.assume(result.outcome === "done", "F15", () => `After conflicts: ${JSON.stringify(result)}.`);
  await checkAll(world, episode);
}

/** F15: parts that were never put together are no object, and are swept. */
async function openUpload(world: World): Promise<void> {
  const proxy = await world.moveToS3({ multipartBytes: 1_000 });
  const episode = await world.episode();
  // Either the request is carried out after its sender has died, or it never is.
  const late = world.choose("late", world.random.chance(0.5));
  const held: Fault = late ? { kind: "stall", ms: 1_000 } : reset("request");
  proxy.fault(held, { operation: "CompleteMultipartUpload", times: late ? 1 : 10_000 });
  const child = world.start(episode.archiving(null));
  const seen = () => proxy.requests.some(({ operation }) => operation === "CompleteMultipartUpload");
  for (let wait = 0; !seen() && wait < 2_000; wait++) await delay(5);
  world.assume(seen(), "harness", () => "The archiver never put its parts together.");
  child.kill();
  await child.killed();
  world.crashes++;
  if (late) await delay(1_100);
  await checkAll(world, episode);
  const later = new Date(Date.now() + 60_000);
  const swept = await objectStore().sweepUnfinished(later);
  world.choose("uploadsSwept", swept);
  world.assume(late || swept === 1, "F15", () => `${swept} uploads of one crash were swept.`);
}

/** The attempt ends as failed, says so in words, and nothing was made of it. */
async function expectFailure(world: World, episode: Episode): Promise<void> {
  const result = await episode.archive();
  world.crashes++;
  const [attempt] = await listArchiveAttempts(world.scope, episode.id, 1);
  const { lastArchiveError } = await episode.record();
  world.assume(
    result.outcome === "failed" && attempt?.outcome === "failed" && !!attempt.error && !!lastArchiveError,
    "F12",
    () =>
      `The archiver ended with ${JSON.stringify(result)}, on record is ${attempt?.outcome}: ${attempt?.error}, ${lastArchiveError}.`,
  );
}
