import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/*
 * A worker of your own in a few lines: it claims tasks, keeps their leases, sends their logs, and ends them. It needs `fetch` and
 * nothing else; docs/api.md says what goes over the wire, for workers in other languages.
 */

const waitMs = 20_000;
const flushMs = 500;
const linesPerBatch = 500;
const longestLine = 64 * 1024;
const lastPauseMs = 15_000;

/** The task is another worker's, or over. Stop working on it: nothing that is sent for it is kept. */
export class TaskLost extends Error {
  name = "TaskLost";
}

/** The console refused a call for good. */
export class RefusedCall extends Error {
  name = "RefusedCall";
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The calls of the worker API, each repeated while the console is away or asks to wait. All of them bear being repeated. */
export class WorkerClient {
  #url;
  #token;

  constructor({ url, token }) {
    this.#url = `${url.replace(/\/$/, "")}/api/v1/worker/`;
    this.#token = token;
  }

  /** The next task, or null when none came within the time that is waited. */
  claim(input, signal) {
    return this.#post("claim", JSON.stringify(input), {}, signal);
  }

  heartbeat(held, signal) {
    return this.#post("heartbeat", JSON.stringify(held), {}, signal);
  }

  log({ taskId, fence }, batchId, lines) {
    const query = new URLSearchParams({ task: taskId, fence: String(fence) });
    const body = lines.map((line) => JSON.stringify(line)).join("\n");
    return this.#post(`log?${query}`, body, {
      "content-type": "application/x-ndjson",
      "idempotency-key": batchId,
    });
  }

  async artifact({ taskId, fence }, { name, body, contentType = "application/octet-stream", ...about }) {
    const query = new URLSearchParams({ task: taskId, fence: String(fence), name, ...about });
    const { artifactId } = await this.#post(`artifact?${query}`, body, {
      "content-type": contentType,
      "x-content-sha256": createHash("sha256").update(body).digest("hex"),
    });
    return artifactId;
  }

  complete(held, completion) {
    return this.#post("complete", JSON.stringify({ ...held, ...completion }));
  }

  release(held) {
    return this.#post("release", JSON.stringify(held));
  }

  async #post(path, body, headers = {}, signal = undefined) {
    for (let pauseMs = 250; ; pauseMs = Math.min(2 * pauseMs, lastPauseMs)) {
      const answer = await fetch(new URL(path, this.#url), {
        method: "POST",
        headers: { authorization: `Bearer ${this.#token}`, ...headers },
        body,
        signal,
      }).catch((error) => {
        if (signal?.aborted) throw error;
        return null;
      });
      if (answer?.status === 204) return null;
      if (answer?.ok) return answer.json();
      if (answer && answer.status !== 429 && answer.status < 500) {
        const { error } = await answer.json().catch(() => ({ error: { message: answer.statusText } }));
        throw answer.status === 409
          ? new TaskLost(error.message)
          : new RefusedCall(answer.status, error.message);
      }
      const told = Number(answer?.headers.get("retry-after"));
      await sleep(told > 0 ? told * 1000 : pauseMs, undefined, { signal });
    }
  }
}

/**
 * Works until `signal` is aborted; then tasks that are not done are given back. `work` gets one task and returns its result, or
 * throws, which is the failure of the task in the words of the error.
 */
export async function runWorker({
  url,
  token,
  executors,
  nodeTypes,
  slots = 1,
  version,
  workerId,
  work,
  signal,
}) {
  const client = new WorkerClient({ url, token });
  const name = workerId ?? `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  let busy = 0;
  const slot = async () => {
    while (!signal.aborted) {
      const input = { workerId: name, executors, nodeTypes, waitMs, slots, busy, version };
      const claimed = await client.claim(input, signal).catch((error) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (!claimed) continue;
      busy++;
      await workOn(client, claimed, work, signal).finally(() => busy--);
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
}

async function workOn(client, claimed, work, stop) {
  const held = { taskId: claimed.task.id, fence: claimed.task.fence };
  const control = new AbortController();
  const onStop = () => control.abort(new Error("The worker stops."));
  if (stop.aborted) onStop();
  stop.addEventListener("abort", onStop, { once: true });
  const log = new LogBuffer(client, held, control);
  const beating = keepLease(client, held, claimed.heartbeatEveryMs, control);
  const artifactIds = [];
  const artifact = async (made) => {
    const id = await client.artifact(held, made);
    if (!artifactIds.includes(id)) artifactIds.push(id);
    return id;
  };
  try {
    const completion = await Promise.resolve()
      .then(() => control.signal.throwIfAborted())
      .then(() => work({ ...claimed, signal: control.signal, log: log.add, artifact }))
      .then((done) => ({ outcome: "succeeded", result: done?.result, assetIds: done?.assetIds, artifactIds }))
      .catch((error) => failureOf(error, control.signal, artifactIds));
    await log.close();
    if (control.signal.reason instanceof TaskLost) return;
    if (completion) await end(client, held, completion);
    else await client.release(held);
  } catch (error) {
    if (!(error instanceof TaskLost)) throw error;
  } finally {
    stop.removeEventListener("abort", onStop);
    beating.end();
  }
}

/** A result that the console cannot take is a failure of the task that says why, not the end of its worker. */
async function end(client, held, completion) {
  await client.complete(held, completion).catch((error) => {
    if (!(error instanceof RefusedCall) || completion.outcome !== "succeeded") throw error;
    return client.complete(held, { outcome: "failed", errorMessage: error.message });
  });
}

/** Null for a task that is neither done nor failed: the worker stops, and another one does it. */
function failureOf(error, signal, artifactIds) {
  if (signal.reason instanceof Cancelled) return { outcome: "cancelled", artifactIds };
  if (signal.aborted) return null;
  return { outcome: "failed", errorMessage: String(error?.message ?? error).slice(0, 100_000), artifactIds };
}

class Cancelled extends Error {
  name = "Cancelled";
  message = "The run was cancelled.";
}

function keepLease(client, held, everyMs, control) {
  const timer = setInterval(async () => {
    try {
      const { answer } = await client.heartbeat(held, AbortSignal.timeout(2 * everyMs));
      if (answer === "cancel") control.abort(new Cancelled());
    } catch (error) {
      // While the console is away the next beat tries again; it says itself when the lease is gone.
      if (error instanceof TaskLost) control.abort(error);
    }
  }, everyMs);
  return { end: () => clearInterval(timer) };
}

/** Lines on their way, one batch at a time; a batch is sent again under its own name until it is answered. */
class LogBuffer {
  #pending = [];
  #sent = 0;
  #sending = null;
  #timer;
  #client;
  #held;
  #control;

  constructor(client, held, control) {
    this.#client = client;
    this.#held = held;
    this.#control = control;
  }

  add = (message, { stream = "stdout", level } = {}) => {
    const text = String(message).slice(0, longestLine);
    this.#pending.push({ stream, message: text, level, timestamp: new Date().toISOString() });
    this.#timer ??= setTimeout(() => this.#send(), flushMs);
  };

  async close() {
    while ((this.#sending || this.#pending.length > 0) && !(this.#control.signal.reason instanceof TaskLost))
      await this.#send();
    clearTimeout(this.#timer);
  }

  #send() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendNext().finally(() => {
      this.#sending = null;
      if (this.#pending.length > 0) this.#timer ??= setTimeout(() => this.#send(), flushMs);
    });
    return this.#sending;
  }

  async #sendNext() {
    const lines = this.#pending.splice(0, linesPerBatch);
    if (lines.length === 0) return;
    try {
      await this.#client.log(this.#held, `line-${this.#sent}`, lines);
      this.#sent += lines.length;
    } catch (error) {
      this.#pending = [];
      this.#control.abort(error);
    }
  }
}
