import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { casesNamed } from "./cases/all";
import { mutants } from "./mutants";

const root = path.resolve(import.meta.dirname, "../..");

test.each(mutants)("the guard that $name takes out is still in its place", ({ file, find, cases }) => {
  expect(existsSync(path.join(root, file))).toBe(true);
  expect(readFileSync(path.join(root, file), "utf8").split(find)).toHaveLength(2);
  expect(casesNamed(cases).length).toBeGreaterThanOrEqual(cases.length);
});
