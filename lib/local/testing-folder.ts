import { chmodSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { baseFolder } from "./home";

/** A new folder that database servers can enter; below the run's own, where `npm test` finds what was left. */
export function testFolder(name: string): string {
  const folder = mkdtempSync(path.join(process.env.STRATA_TEST_FOLDER ?? baseFolder(), `tmp-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
