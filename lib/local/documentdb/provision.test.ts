import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { aptUnavailable, debianArchitecture, machineMirror } from "./apt";
import { neededPackages, readPackages } from "./closure";
import { layoutOf } from "./layout";
import { unresolvedLibraries } from "./libraries";
import { run, withLock } from "./process";
import { provisionEngine } from "./provision";
import { describeWithEngine, engineFiles, testFolder } from "./testing";
import type { ProvisionProgress } from "./types";

const stanza = (name: string, depends: string, more = "") =>
  `Package: ${name}\nVersion: 1-1\nArchitecture: amd64\nDepends: ${depends}\n${more}Size: 10\nSHA256: ${name}00\n`;

const noApt = aptUnavailable();

describe(`the machine's mirror${noApt ? ` (skipped: ${noApt})` : ""}`, () => {
  it.skipIf(noApt)("is the same where apt-get update has never been run", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "strata-apt-"));
    writeFileSync(path.join(folder, "apt.conf"), `Dir::State::lists "${folder}/lists";\n`);
    const usual = await machineMirror();
    vi.stubEnv("APT_CONFIG", path.join(folder, "apt.conf"));
    expect(await machineMirror()).toBe(usual);
    expect(usual).toMatch(/^(https?|file|mirror\+)/);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

describe("the closure of packages", () => {
  const index = [
    stanza(
      "engine",
      "liba (>= 2), libgdal99 (>= 3), postgresql-common (>= 1) | other",
      "Pre-Depends: libpre\n",
    ),
    stanza("liba", "virtual-b | libc, libcycle"),
    stanza("libb7", "", "Provides: virtual-b (= 7), unused\n"),
    stanza("libcycle", "liba"),
    stanza("libpre", ""),
    stanza("libgdal99", "libonly-for-gdal"),
    stanza("libonly-for-gdal", ""),
    stanza("postgresql-common", "perl"),
    stanza("unrelated", ""),
  ].join("\n");
  const all = readPackages(index);

  it("follows dependencies, first alternatives and virtual names, whatever their versions are called", () => {
    const names = neededPackages(all, ["engine"]).map(({ name }) => name);
    expect(names).toEqual(["engine", "liba", "libb7", "libcycle", "libpre"]);
  });

  it("leaves out what the engine never opens, and what only that needs", () => {
    expect(neededPackages(all, ["engine"]).some(({ name }) => name.includes("gdal"))).toBe(false);
  });

  it("keeps the version, the size and the checksum of each package", () => {
    expect(all.get("liba")).toMatchObject({ version: "1-1", sizeBytes: 10, sha256: "liba00" });
  });
});

describe("the lock", () => {
  it("lets one in at a time", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "strata-lock-"));
    let inside = 0;
    const crowd = Array.from({ length: 5 }, () =>
      withLock(path.join(folder, "lock"), async () => {
        inside++;
        const seen = inside;
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        return seen;
      }),
    );
    expect(await Promise.all(crowd)).toEqual([1, 1, 1, 1, 1]);
    rmSync(folder, { recursive: true });
  });

  it("is gone with a process that is killed while it holds it", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "strata-lock-"));
    const file = path.join(folder, "lock");
    const script = path.join(folder, "hold.mts");
    const module = path.join(import.meta.dirname, "process.ts");
    writeFileSync(
      script,
      `import { withLock } from ${JSON.stringify(module)};
       await withLock(${JSON.stringify(file)}, () => { process.kill(process.pid, "SIGKILL"); return new Promise(() => {}); });`,
    );
    const holder = await run(process.execPath, ["--import", import.meta.resolve("tsx"), script]);
    expect(holder.status).toBeNull();
    expect(await withLock(file, async () => "entered")).toBe("entered");
    rmSync(folder, { recursive: true });
  });
});

describeWithEngine("a provisioned engine", () => {
  it("is there at once the second time, with a record of what was fetched", async () => {
    const files = await engineFiles();
    const events: ProvisionProgress[] = [];
    expect(await provisionEngine(path.dirname(files.root), (event) => events.push(event))).toEqual(files);
    expect(events).toEqual([]);
    const { packages } = JSON.parse(readFileSync(path.join(files.root, "manifest.json"), "utf8"));
    expect(packages.find(({ name }: { name: string }) => name === "postgresql-18-documentdb")).toMatchObject({
      version: files.version,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("finds each library it needs among its own files, and notices when one is missing", async () => {
    const files = await engineFiles();
    const folder = testFolder();
    const root = path.join(folder, "moved");
    cpSync(files.root, root, { recursive: true, verbatimSymlinks: true });
    const layout = layoutOf(root, await debianArchitecture());
    expect(await unresolvedLibraries(layout)).toEqual([]);

    const libraries = path.dirname(layout.loader);
    const geos = readdirSync(libraries).find((name) => name.startsWith("libgeos_c.so."));
    renameSync(path.join(libraries, geos ?? ""), path.join(folder, "hidden"));
    const missing = await unresolvedLibraries(layout);
    expect(missing.join()).toMatch(/postgis-3\.so: .*libgeos_c\.so/);
    rmSync(path.join(layout.moduleDir, "pg_documentdb_extended_rum.so"));
    expect((await unresolvedLibraries(layout)).join()).toContain(
      "pg_documentdb_extended_rum.so: not in the packages",
    );
    rmSync(folder, { recursive: true });
  });

  it("runs from wherever its folder is moved to", async () => {
    const files = await engineFiles();
    const folder = testFolder();
    const root = path.join(folder, "elsewhere with space");
    cpSync(files.root, root, { recursive: true, verbatimSymlinks: true });
    const version = await run(path.join(root, path.relative(files.root, files.binDir), "postgres"), [
      "--version",
    ]);
    expect(version.stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
    rmSync(folder, { recursive: true });
    expect(existsSync(files.root)).toBe(true);
  });
});
