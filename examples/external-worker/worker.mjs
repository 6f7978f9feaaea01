/*
 * A worker that counts words. Run it with a token that has the permission `tasks:work`:
 *
 *   STRATA_URL=http://localhost:3000 STRATA_TOKEN=strata_… node examples/external-worker/worker.mjs
 *
 * and start a workflow with a node of the executor `external` and the node type `count-words`:
 *
 *   { "id": "count", "name": "Count words", "nodeType": "count-words", "nodeDefinitionId": "example:count-words",
 *     "executorType": "external", "upstreamNodeIds": [], "executorConfig": { "text": "to be or not to be" } }
 */
import { setTimeout as sleep } from "node:timers/promises";
import { runWorker } from "../../clients/worker/strata-worker.mjs";

const { STRATA_URL: url = "http://localhost:3000", STRATA_TOKEN: token } = process.env;
if (!token) {
  console.error("STRATA_TOKEN is not set. Make a token with the permission tasks:work.");
  process.exit(1);
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop.abort());

console.log(`Waiting for tasks of ${url}; Ctrl-C ends`);
await runWorker({
  url,
  token,
  executors: ["external"],
  nodeTypes: ["count-words"],
  slots: 2,
  signal: stop.signal,
  async work({ task, run, signal, log, artifact }) {
    const { text = "", pauseMs = 200 } = task.executorConfig;
    log(`Counting for run ${run.id}, attempt ${task.attempt}`);
    const counts = new Map();
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      await sleep(pauseMs, undefined, { signal });
      counts.set(word, (counts.get(word) ?? 0) + 1);
      log(`${word}: ${counts.get(word)}`);
    }
    if (counts.size === 0) throw new Error("There is no word in executorConfig.text.");
    const rows = [...counts].sort(([, a], [, b]) => b - a);
    await artifact({
      name: "words.csv",
      title: "Words",
      type: "quality report",
      body: `word,count\n${rows.map((row) => row.join(",")).join("\n")}\n`,
      contentType: "text/csv",
    });
    return { result: { words: counts.size, most: rows[0][0] } };
  },
});
console.log("Stopped; what was not done was given back");
