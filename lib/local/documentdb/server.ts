/**
 * The bridge in a process of its own:
 *   node --import tsx lib/local/documentdb/server.ts --data-dir <dir> --engine-port <n> --port <n>
 * `--data-dir` is the data directory given to `startEngine`: the engine's password lies there, and a crashed engine is
 * started again from it. Prints one line of JSON, {"port":…,"pid":…}, when it listens; SIGTERM closes it cleanly.
 */
import { parseArgs } from "node:util";
import { openBridge } from "./bridge";
import { dataDirAt, enginePassword, readEngineRecord } from "./data-dir";
import { reviveEngine } from "./engine";
import { refuseProduction } from "./production";
import { EngineError } from "./types";

const log = (line: string) => process.stderr.write(`${new Date().toISOString()} bridge: ${line}\n`);

async function main(): Promise<void> {
  refuseProduction();
  const { values } = parseArgs({
    options: { "data-dir": { type: "string" }, "engine-port": { type: "string" }, port: { type: "string" } },
  });
  const dataDir = values["data-dir"];
  if (!dataDir) throw new EngineError("refused", "--data-dir is missing: the directory given to startEngine");
  const dir = dataDirAt(dataDir);
  const enginePort = readEngineRecord(dir).port;
  if (values["engine-port"] && Number(values["engine-port"]) !== enginePort) {
    throw new EngineError(
      "refused",
      `the engine of ${dataDir} is on port ${enginePort}, not ${values["engine-port"]}`,
    );
  }

  let reviving: Promise<void> | null = null;
  const bridge = await openBridge({
    enginePort,
    password: enginePassword(dir),
    port: Number(values.port ?? 0),
    log,
    onEngineRefused: () => {
      reviving ??= reviveEngine(dataDir).finally(() => {
        reviving = null;
      });
      return reviving;
    },
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.once(signal, () => {
      void bridge.close().finally(() => process.exit(0));
    });
  }
  process.stdout.write(`${JSON.stringify({ port: bridge.port, pid: process.pid })}\n`);
}

main().catch((error) => {
  log(error instanceof EngineError ? error.message : String(error?.stack ?? error));
  process.exit(1);
});
