/*
 * A worker written after docs/api.md alone: fetch, and nothing of ours. The journeys start it as a process of its own. What its
 * tasks do stands in their settings: `lines` to log, `bytes` of an artifact, `holdMs` to take that long, `failOn` an attempt.
 */
import { setTimeout as pause } from "node:timers/promises";

const { STRATA_URL: base, STRATA_TOKEN: token, WORKER_ID: workerId = "journey-worker" } = process.env;

async function post(path, body, headers = {}) {
  return fetch(`${base}/api/v1/worker/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Says that it is at work, all the while and beside it; what it hears is what ends the waiting. */
function beat(held, everyMs) {
  const stopped = new AbortController();
  const state = { answer: "go_on", stopped: stopped.signal, end: () => clearInterval(timer) };
  const timer = setInterval(async () => {
    const answer = await post("heartbeat", held).catch(() => null);
    if (answer?.status === 409) state.answer = "lost";
    else if (answer?.status === 200 && state.answer === "go_on") state.answer = (await answer.json()).answer;
    if (state.answer !== "go_on") stopped.abort();
  }, everyMs);
  return state;
}

async function work(claimed) {
  const { task, heartbeatEveryMs } = claimed;
  const heard = beat({ taskId: task.id, fence: task.fence }, Math.min(heartbeatEveryMs, 1_000));
  try {
    await workWhile(heard, claimed);
  } finally {
    heard.end();
  }
}

async function workWhile(heard, { task, upstream }) {
  const held = { taskId: task.id, fence: task.fence };
  const place = `task=${encodeURIComponent(task.id)}&fence=${task.fence}`;
  const { lines = 1, bytes = 0, holdMs = 0, failOn = 0 } = task.executorConfig;
  const log = Array.from({ length: lines }, (_, n) =>
    JSON.stringify({ message: `${task.nodeId} counts ${n + 1}` }),
  );
  await post(`log?${place}`, log.join("\n"), { "idempotency-key": "lines" });
  // The answer to the first one may have been lost: sending it again must change nothing.
  await post(`log?${place}`, log.join("\n"), { "idempotency-key": "lines" });

  // It takes that long, unless it is told to stop.
  await pause(holdMs, null, { signal: heard.stopped }).catch(() => {});
  if (heard.answer === "lost") return say("lost", task);
  if (heard.answer === "cancel") {
    await post("complete", { ...held, outcome: "cancelled" });
    return say("cancelled", task);
  }
  if (failOn === task.attempt) {
    await post("complete", {
      ...held,
      outcome: "failed",
      errorMessage: `attempt ${task.attempt} was to fail`,
    });
    return say("failed", task);
  }
  const artifactIds = [];
  if (bytes > 0) {
    const sent = await post(`artifact?${place}&name=out.txt&title=Output`, "x".repeat(bytes), {
      "content-type": "text/plain",
    });
    artifactIds.push((await sent.json()).artifactId);
  }
  const result = { node: task.nodeId, after: upstream.map(({ nodeId }) => nodeId) };
  const completion = { ...held, outcome: "succeeded", result, artifactIds };
  await post("complete", completion);
  const again = await post("complete", completion);
  say(again.status === 200 ? "succeeded" : `answered ${again.status}`, task);
}

function say(what, { nodeId }) {
  console.log(`${nodeId} ${what}`);
}

console.log("ready");
for (;;) {
  const answer = await post("claim", { workerId, executors: ["external"], waitMs: 5_000 });
  if (answer.status === 200) await work(await answer.json());
  else if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
}
