import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { DirectoryStore } from "@/lib/objects/directory";
import { switchObjectStore } from "@/lib/objects/store";

/** A directory of this test file's own as the object store of this process; removed after the tests. */
export function testObjects(): { readonly directory: string } {
  const place = { directory: "" };
  beforeAll(async () => {
    place.directory = await mkdtemp(join(tmpdir(), "strata-objects-"));
    switchObjectStore(new DirectoryStore(place.directory));
  });
  afterAll(async () => {
    switchObjectStore(undefined);
    await rm(place.directory, { recursive: true, force: true });
  });
  return place;
}
