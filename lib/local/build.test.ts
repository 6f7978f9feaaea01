import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprintSources } from "./build";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "strata-build-"));
  write("app/page.tsx", "page");
  write("package-lock.json", "{}");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each(["app/page.tsx", "app/w/new.tsx", "lib/runs/queries.ts", "package-lock.json", "next.config.js"])(
  "a change of %s asks for a new build",
  (file) => {
    const before = fingerprintSources(root);
    write(file, "changed");
    expect(fingerprintSources(root)).not.toBe(before);
  },
);

test.each([
  "lib/runs/a.test.ts",
  "e2e/runs.spec.ts",
  "docs/api.md",
  "lib/local/cli.ts",
  ".next/x.js",
  ".strata/local/x",
])("a change of %s does not", (file) => {
  const before = fingerprintSources(root);
  write(file, "changed");
  expect(fingerprintSources(root)).toBe(before);
});

test("moving a file asks for a new build although no content changed", () => {
  const before = fingerprintSources(root);
  rmSync(path.join(root, "app/page.tsx"));
  write("app/other.tsx", "page");
  expect(fingerprintSources(root)).not.toBe(before);
});

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}
