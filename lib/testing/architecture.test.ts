import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const layers = ["app", "components", "lib", "drizzle"];

interface SourceFile {
  path: string;
  text: string;
  /** What it imports, as a path from the project's root for our own files and as a package name for others. */
  imports: string[];
}

const files = layers.flatMap(sourcesBelow);
const product = files.filter(
  (file) => !/\.test\.tsx?$/.test(file.path) && !file.path.startsWith("lib/testing/"),
);

/** `[who, what it imports]` of every import of product code that breaks `rule`. */
function offenders(rule: (from: string, to: string) => boolean): string[] {
  return product.flatMap((file) =>
    file.imports.filter((to) => rule(file.path, to)).map((to) => `${file.path} imports ${to}`),
  );
}

const within = (path: string, ...folders: string[]) =>
  folders.some((folder) => path.startsWith(`${folder}/`));

test("the walk finds the project's sources", () => {
  expect(product.length).toBeGreaterThan(40);
  expect(product.some((file) => file.imports.length > 0)).toBe(true);
});

test("nothing outside app imports app", () => {
  expect(offenders((from, to) => !within(from, "app") && within(to, "app"))).toEqual([]);
});

test("lib does not import components, and drizzle imports neither", () => {
  expect(offenders((from, to) => within(from, "lib", "drizzle") && within(to, "components"))).toEqual([]);
  expect(offenders((from, to) => within(from, "drizzle/schema") && within(to, "lib"))).toEqual([]);
});

test("shared components know no domain", () => {
  const shared = ["components/ui", "components/data-table", "components/charts", "components/shell"];
  const general = ["components/ui", "components/data-table", "components/charts", "components/shell"];
  const allowed = ["lib/format", "lib/time", "lib/theme", "lib/cn", "lib/errors"];
  expect(
    offenders(
      (from, to) =>
        within(from, ...shared) &&
        ((within(to, "components") && !within(to, ...general)) ||
          (within(to, "lib") && !allowed.some((path) => to.startsWith(path)))),
    ),
  ).toEqual([]);
});

test("no driver is used outside the data layers", () => {
  const drivers = /^(mongodb|pg|drizzle-orm\/node-postgres.*)$/;
  const dataLayers = ["lib/db", "lib/mongo", "lib/local"];
  const values = product.flatMap((file) =>
    valueImports(file.text)
      .filter((to) => drivers.test(to) && !within(file.path, ...dataLayers))
      .map((to) => `${file.path} imports ${to}`),
  );
  expect(values).toEqual([]);
});

test("the pools and clients of the stores are opened only by the data layers and by sign-in", () => {
  expect(
    offenders(
      (from, to) => to === "lib/db/client" && !within(from, "lib/db", "lib/auth", "lib/local", "lib/demo"),
    ),
  ).toEqual([]);
  expect(
    offenders(
      (from, to) =>
        to === "lib/mongo/client" &&
        !within(from, "lib/mongo", "lib/local", "lib/worker", "lib/import", "lib/demo"),
    ),
  ).toEqual([]);
});

test("only the worker and commands act without a person or a token", () => {
  const callers = ["lib/worker", "lib/import", "lib/demo", "lib/local", "lib/faults"];
  const users = product.filter((file) =>
    /\b(scopeForWorker|scopeForMember|workerPlatformScope|scopeForCommand)\b/.test(file.text),
  );
  expect(
    users
      .map((file) => file.path)
      .filter((path) => !within(path, ...callers) && path !== "lib/auth/access.ts"),
  ).toEqual([]);
});

test("only the platform's own pages look across workspaces in a person's name", () => {
  const users = product.filter((file) => /\brequirePlatform\b/.test(file.text));
  expect(users.length).toBeGreaterThan(1);
  expect(
    users
      .map(({ path }) => path)
      .filter((path) => !within(path, "app/admin") && path !== "lib/auth/access.ts"),
  ).toEqual([]);
  expect(
    offenders(
      (from, to) =>
        within(to, "lib/archive/platform") &&
        !within(from, "lib/archive", "app/admin", "components/archive/platform"),
    ),
  ).toEqual([]);
});

test("the local services are no part of the product that is shipped", () => {
  expect(offenders((from, to) => !within(from, "lib/local") && within(to, "lib/local"))).toEqual([]);
});

test("the fault harness is no part of it either", () => {
  expect(
    offenders((from, to) => within(to, "lib/faults") && !within(from, "lib/faults", "lib/local")),
  ).toEqual([]);
});

test("the worker calls the domains and nothing calls the worker", () => {
  expect(offenders((from, to) => within(to, "lib/worker") && !within(from, "lib/worker"))).toEqual([]);
});

test("what reaches a store says server-only", () => {
  const required = product.filter(
    (file) =>
      /^lib\/[^/]+\/(queries|mutations)\.ts$/.test(file.path) ||
      (within(file.path, "lib") &&
        !within(file.path, "lib/local") &&
        file.imports.some((to) => ["lib/mongo/scoped", "lib/mongo/client", "lib/db/client"].includes(to)) &&
        !/^import type /m.test(importLine(file.text, "/mongo/scoped") ?? "")),
  );
  expect(required.length).toBeGreaterThan(5);
  expect(
    required
      .filter((file) => !within(file.path, "lib/worker") && !/^import "server-only";/m.test(file.text))
      .filter((file) => !/^"use server";/.test(file.text))
      .map((file) => file.path),
  ).toEqual([]);
});

test("every exported action is made by the wrapper", () => {
  const actionFiles = product.filter((file) => /^"use server";/.test(file.text));
  expect(actionFiles.length).toBeGreaterThan(0);
  for (const file of actionFiles) {
    const exported = [...file.text.matchAll(/^export (?:const|async function|function) (\w+)(.*)$/gm)];
    for (const [, name, rest] of exported) {
      expect(`${file.path} ${name}${rest}`).toMatch(/Action\b.*=\s*(workspaceAction|openAction)\(/);
    }
    expect(file.text, file.path).not.toMatch(/^export (?:default|\{)/m);
  }
});

test("pages are not client components", () => {
  const pages = product.filter((file) => /(^|\/)(page|layout)\.tsx$/.test(file.path));
  expect(pages.filter((file) => /^"use client"/.test(file.text)).map((file) => file.path)).toEqual([]);
});

function sourcesBelow(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name));
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  const names = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap(([, name]) =>
    name ? [name] : [],
  );
  return names.map((name) => {
    if (name.startsWith("@/")) return withoutExtension(name.slice(2));
    if (name.startsWith(".")) return withoutExtension(relative(root, resolve(root, dirname(path), name)));
    return name;
  });
}

/** Packages imported for more than their types. */
function valueImports(text: string): string[] {
  return [...text.matchAll(/^import (?!type )(?:[^;]*?from )?"([^"]+)";/gms)].flatMap(([, name]) =>
    name ? [name] : [],
  );
}

function importLine(text: string, fragment: string): string | undefined {
  return text.split("\n").find((line) => line.startsWith("import") && line.includes(fragment));
}

function withoutExtension(path: string): string {
  return path.replace(/\.(ts|tsx|mts)$/, "");
}
