import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

interface Locked {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

const root = resolve(import.meta.dirname, "../..");
const { packages }: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(resolve(root, "package-lock.json"), "utf8"),
);
const {
  dependencies,
  devDependencies,
}: Record<string, Record<string, string>> = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

test("the lock file lists the packages of every platform, so that npm ci works on all of them", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      // A range is a real optional dependency; an exact version is the build of one platform.
      .filter(([name, range]) => /^\d/.test(range) && !found(path, name))
      .map(([name]) => `${name}, wanted by ${path}`),
  );
  expect(missing).toEqual([]);
});

test("direct dependencies are pinned exactly", () => {
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(ranges).toEqual([]);
});

/** Node's own search: the package's node_modules, then those of the folders above. */
function found(from: string, name: string): boolean {
  let folder = from;
  while (folder) {
    if (packages[`${folder}/node_modules/${name}`]) return true;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
  return packages[`node_modules/${name}`] !== undefined;
}
