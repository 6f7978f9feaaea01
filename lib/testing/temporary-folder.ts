import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder for the test that asks for it, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in such a folder of its own. */
export function fileWith(content: string | Uint8Array, name = "flow.json"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
