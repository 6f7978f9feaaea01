import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProgram, type RunResult, run } from "./process";
import { EngineError } from "./types";

/** The rolling suite: the only one that has DocumentDB. */
const SUITE = "sid";
const LOCK_PATIENCE_MS = 60_000;
const NEEDED_PROGRAMS = ["apt-get", "apt-cache", "apt-config", "dpkg", "dpkg-deb", "flock"];
const KEYRINGS = [
  "/usr/share/keyrings/debian-archive-keyring.gpg",
  "/usr/share/keyrings/debian-archive-keyring.pgp",
];

/** Why Debian packages cannot be fetched on this machine, or null. */
export function aptUnavailable(): string | null {
  const missing = NEEDED_PROGRAMS.filter((program) => !findProgram(program));
  if (missing.length > 0) return `${missing.join(", ")} not found`;
  const system = systemId();
  // A derivative has its own archive and neither this suite nor Debian's keys.
  return system === "debian" ? null : `its packages come from ${system}, not from Debian`;
}

function osRelease(): Map<string, string> {
  if (!existsSync("/etc/os-release")) return new Map();
  const lines = readFileSync("/etc/os-release", "utf8").split("\n");
  return new Map(
    lines.map((line) => {
      const [key = "", value = ""] = line.split("=");
      return [key, value.replaceAll('"', "")];
    }),
  );
}

const systemId = () => osRelease().get("ID") ?? "an unknown system";

/**
 * Debian's mirror as the machine's own apt has it. Judged by the suite, since other archives (vendors' repositories)
 * also have a component called main and may stand first.
 */
export async function machineMirror(): Promise<string> {
  const codename = osRelease().get("VERSION_CODENAME");
  const suites = [codename, `${codename}-updates`, "stable", "testing", "unstable", "sid", "trixie", "forky"];
  // What `apt-get update` would fetch: known from the configuration alone, also where it has never been run.
  const listed = await run("apt-get", ["update", "--print-uris"]);
  for (const line of listed.stdout.split("\n")) {
    const [, archive, suite = ""] =
      /^'((?:https?|file|mirror\+\w+):.*)dists\/([^/]+)\/InRelease'/.exec(line) ?? [];
    // Security updates have an archive of their own, without the rolling suite.
    if (archive && suites.includes(suite)) return archive;
  }
  throw new EngineError(
    "provision",
    "apt on this machine names no mirror of Debian (see `apt-get update --print-uris`).",
  );
}

/**
 * apt on folders of our own: nothing of the machine's package state is read or changed, and no rights are needed.
 * From the machine come the mirror, the way to reach it (proxy, credentials) and the keys that sign it.
 */
export class PrivateApt {
  readonly archives: string;
  readonly #config: string;

  private constructor(dir: string) {
    this.archives = path.join(dir, "archives");
    this.#config = path.join(dir, "apt.conf");
  }

  static async open(dir: string): Promise<PrivateApt> {
    const apt = new PrivateApt(dir);
    const made = [
      "state/lists/partial",
      "cache/archives/partial",
      "etc/apt.conf.d",
      "etc/preferences.d",
      "archives",
    ];
    for (const folder of made) mkdirSync(path.join(dir, folder), { recursive: true });
    const keyring = KEYRINGS.find((file) => existsSync(file));
    const signedBy = keyring ? `[signed-by=${keyring}] ` : "";
    writeFileSync(path.join(dir, "sources.list"), `deb ${signedBy}${await machineMirror()} ${SUITE} main\n`);
    writeFileSync(path.join(dir, "status"), "");
    const transport = (await run("apt-config", ["dump"])).stdout
      .split("\n")
      .filter((line) => /^Acquire::(https?|ForceIPv[46])\b/.test(line));
    const architecture = await debianArchitecture();
    writeFileSync(apt.#config, `${[...transport, ...settings(dir, architecture)].join("\n")}\n`);
    return apt;
  }

  /** Fetches the signed index of the suite. */
  async update(onStatus: (line: string) => void): Promise<void> {
    const result = await this.#apt("apt-get", ["update", "-qq", "-o", "APT::Status-Fd=3"], { onStatus });
    // A failed fetch of the index is only a warning for apt, with status 0.
    if (result.status === 0 && !/^(E|W: Failed to fetch)/m.test(result.stderr)) return;
    throw new EngineError("provision", `The Debian mirror did not give its index: ${firstProblem(result)}`);
  }

  /** Names of everything that `apt-get install <roots>` would bring to an empty system. */
  async closureOf(roots: string[]): Promise<string[]> {
    const result = await this.#apt("apt-get", ["install", "--print-uris", "-qq", ...roots]);
    if (result.status !== 0) {
      throw new EngineError(
        "provision",
        `Debian ${SUITE} does not offer ${roots.join(", ")} (${firstProblem(result)}). Set MONGODB_URI to a MongoDB server instead.`,
      );
    }
    const files = [...result.stdout.matchAll(/^'[^']*' ([^_\s]+)_/gm)];
    return files.map(([, name = ""]) => name);
  }

  /** The index's stanzas of these packages, in the version that would be installed. */
  async show(names: string[]): Promise<string> {
    const result = await this.#apt("apt-cache", ["show", "--no-all-versions", ...names]);
    if (result.status === 0) return result.stdout;
    throw new EngineError("provision", `apt-cache failed: ${firstProblem(result)}`);
  }

  /** Downloads into `archives` what is not there yet; apt checks each file against the signed index. */
  async download(packages: string[], onStatus: (line: string) => void): Promise<void> {
    const options = { onStatus, cwd: this.archives };
    const result = await this.#apt(
      "apt-get",
      ["download", "-qq", "-o", "APT::Status-Fd=3", ...packages],
      options,
    );
    if (result.status === 0) return;
    throw new EngineError("provision", `The download of Debian packages failed: ${firstProblem(result)}`);
  }

  async #apt(
    program: string,
    args: string[],
    options: { cwd?: string; onStatus?: (line: string) => void } = {},
  ) {
    const env = { ...process.env, LC_ALL: "C", APT_CONFIG: this.#config };
    const deadline = Date.now() + LOCK_PATIENCE_MS;
    for (;;) {
      const result = await run(program, args, { ...options, env });
      // The apt of a run that was killed goes on for a while and keeps apt's own locks.
      if (!/Could not get lock/.test(result.stderr) || Date.now() > deadline) return result;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

export async function debianArchitecture(): Promise<string> {
  return (await run("dpkg", ["--print-architecture"])).stdout.trim();
}

function settings(dir: string, architecture: string): string[] {
  const values: Record<string, string> = {
    "Dir::State": `${dir}/state`,
    "Dir::State::status": `${dir}/status`,
    "Dir::Cache": `${dir}/cache`,
    "Dir::Etc": `${dir}/etc`,
    "Dir::Etc::sourcelist": `${dir}/sources.list`,
    "Dir::Etc::sourceparts": "-",
    "Dir::Etc::netrc": "/etc/apt/auth.conf",
    "Dir::Etc::netrcparts": "/etc/apt/auth.conf.d",
    "Dir::Etc::trusted": "/etc/apt/trusted.gpg",
    "Dir::Etc::trustedparts": "/etc/apt/trusted.gpg.d",
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "APT::Install-Recommends": "false",
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::Retries": "2",
    "Acquire::http::Timeout": "20",
    "Acquire::https::Timeout": "20",
    // A mirror that lags behind serves an index whose date of validity has passed. Its signature is still checked.
    "Acquire::Check-Valid-Until": "false",
  };
  return Object.entries(values).map(([name, value]) => `${name} "${value}";`);
}

function firstProblem({ stderr, stdout, status }: RunResult): string {
  const lines = `${stderr}\n${stdout}`.split("\n").filter((line) => line.trim());
  return lines.find((line) => /^(E:|W: Failed)/.test(line)) ?? lines[0] ?? `exit status ${status}`;
}
