import "server-only";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { listArchiveChunks } from "@/lib/archive/queries";
import { objectStore } from "@/lib/objects/store";
import type { Episode } from "../episode";
import type { World } from "../world";

/** I4 without trusting the product's own verification: the object's bytes have the hash and its lines the numbers on record. */
export async function checkSameBytes(world: World, episode: Episode): Promise<void> {
  for (const chunk of await listArchiveChunks(world.scope, episode.id)) {
    const name = `${episode.id}: chunk ${chunk.chunkNumber}`;
    const bytes = await objectStore().get(chunk.key);
    if (!bytes) {
      world.violate("I7", `${name} points at ${chunk.key}, which is not there.`);
      continue;
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    world.assume(
      sha256 === chunk.sha256,
      "I4",
      () => `${name} has hash ${sha256}, on record is ${chunk.sha256}.`,
    );
    const lines = gunzipSync(bytes).toString("utf8").split("\n").slice(0, -1);
    const numbers = lines.map((line) => /^\{"sequenceNumber":(\d+),/.exec(line)?.[1]);
    const [first, last] = [BigInt(numbers[0] ?? -1), BigInt(numbers.at(-1) ?? -1)];
    // Numbers that were given up stand at either end of a chunk without a line.
    world.assume(
      numbers.length === chunk.rows && first >= BigInt(chunk.from) && last <= BigInt(chunk.to),
      "I4",
      () =>
        `${name} holds ${numbers.length} lines ${first}–${last}, on record are ${chunk.rows} of ${chunk.from}–${chunk.to}.`,
    );
  }
}
