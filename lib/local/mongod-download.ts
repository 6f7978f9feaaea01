import path from "node:path";
import { fileURLToPath } from "node:url";
import { processLines } from "./processes";
import type { Note } from "./progress";

/** Longest silence of a download that still counts as one: where the network swallows packets nothing else ends it. */
const longestSilenceMs = 20_000;

/** Downloads a real mongod with mongodb-memory-server, in a process that can be stopped, and gives the binary's path. */
export async function downloadMongod(
  folder: string,
  note: Note,
  signal: AbortSignal,
  silenceMs = longestSilenceMs,
): Promise<string> {
  const script = fileURLToPath(new URL("mongod-download-process.ts", import.meta.url));
  let found: string | undefined;
  let failure = "it ended without a word";
  await processLines(process.execPath, ["--import", "tsx", script, path.resolve(folder)], {
    signal,
    silenceMs,
    env: {
      ...process.env,
      // One try: the chain has another link, and a person is waiting.
      MONGOMS_MAX_RETRIES: "1",
      // The package verifies the server's certificate only when npm is told so explicitly.
      npm_config_strict_ssl: "true",
    },
    onLine: (line) => {
      const [word = "", ...rest] = line.split(" ");
      if (word === "binary") found = rest.join(" ");
      else if (word === "failed") failure = rest.join(" ");
      else note(line.replace(/^Downloading MongoDB /, ""));
    },
    onSilence: () => {
      failure = `no answer for ${silenceMs / 1000} s`;
    },
  });
  if (found === undefined) throw new Error(failure);
  return found;
}
