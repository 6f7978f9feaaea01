import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "./install.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "strata-install-"));
  mkdirSync(path.join(root, "node_modules"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const zod = { "node_modules/zod": { version: "4.6.7" } };
const foreignBinary = { "node_modules/@x/darwin": { version: "1.0.0", optional: true } };

test("an install that agrees with the lock file is left alone, without the binaries of other platforms", () => {
  write("package-lock.json", { "": {}, ...zod, ...foreignBinary });
  write("node_modules/.package-lock.json", zod);
  expect(isInstalled(root)).toBe(true);
});

test.each([
  ["nothing is installed", null],
  ["an install was killed, which leaves no list", null],
  ["a package is missing, as after --omit=dev", {}],
  ["a package has another version than the lock file", { "node_modules/zod": { version: "4.0.0" } }],
  [
    "a package is left that the lock file no longer has",
    { ...zod, "node_modules/old": { version: "1.0.0" } },
  ],
])("it is installed anew when %s", (_, present) => {
  write("package-lock.json", { "": {}, ...zod, ...foreignBinary });
  if (present) write("node_modules/.package-lock.json", present);
  expect(isInstalled(root)).toBe(false);
});

function write(file: string, packages: object): void {
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
}
