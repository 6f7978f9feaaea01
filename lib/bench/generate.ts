import { type Random, seededRandom } from "@/lib/seeded-random";

/*
 * Log lines like those of a pipeline of AI tasks: a dozen message shapes, values that differ in nearly every line, a trace
 * id per line, mostly in time order. The same seed gives the same bytes on every machine.
 */

const services = ["scheduler", "worker", "gateway", "loader", "tokenizer", "trainer", "uploader"] as const;
const models = ["atlas-7b", "atlas-70b", "quill-1b", "quill-13b"] as const;
const files = ["shard", "batch", "part", "segment"] as const;
const problems = ["connection reset by peer", "deadline exceeded", "no space left on device"] as const;

interface Shape {
  level: string;
  /** Of 1,000 lines; errors are rare, as in life. */
  weight: number;
  message: (random: Random) => string;
}

const shapes: Shape[] = [
  { level: "info", weight: 200, message: (r) => `Request ${hex(r, 12)} accepted in ${r.whole(1, 900)} ms` },
  {
    level: "info",
    weight: 140,
    message: (r) => `Loaded ${r.pick(files)} ${r.whole(0, 9000)} of dataset ds-${r.whole(1, 40)}`,
  },
  {
    level: "info",
    weight: 160,
    message: (r) => `Step ${r.whole(0, 1e5)} loss ${r.between(0, 4).toFixed(4)} lr ${r.next().toFixed(6)}`,
  },
  {
    level: "info",
    weight: 90,
    message: (r) => `Assigned job ${hex(r, 8)} to node gpu-${r.whole(0, 63)} with ${r.whole(1, 80)} GB free`,
  },
  {
    level: "info",
    weight: 140,
    message: (r) => `Generated ${r.whole(1, 2048)} tokens with ${r.pick(models)} at ${r.whole(5, 120)} tok/s`,
  },
  {
    level: "info",
    weight: 40,
    message: (r) => `Checkpoint ${r.whole(1, 500)} written to s3://models/${r.pick(models)}/${hex(r, 6)}`,
  },
  {
    level: "debug",
    weight: 120,
    message: (r) => `Cache ${r.chance(0.7) ? "hit" : "miss"} for key ${hex(r, 16)}`,
  },
  {
    level: "debug",
    weight: 50,
    message: (r) =>
      `Heartbeat of worker-${r.whole(1, 200)}: queue ${r.whole(0, 50)}, rss ${r.whole(80, 4096)} MB`,
  },
  {
    level: "warn",
    weight: 30,
    message: (r) => `Retry ${r.whole(1, 4)} of upload ${hex(r, 8)}: ${r.pick(problems)}`,
  },
  {
    level: "warn",
    weight: 18,
    message: (r) => `Node gpu-${r.whole(0, 63)} answered after ${r.whole(1000, 9999)} ms`,
  },
  {
    level: "error",
    weight: 8,
    message: (r) => `Task ${r.pick(files)}-${r.whole(0, 9000)} failed: ${r.pick(problems)}`,
  },
  {
    level: "error",
    weight: 3,
    message: (r) => `Model ${r.pick(models)} out of memory: asked ${r.whole(8, 80)} GB`,
  },
  {
    level: "fatal",
    weight: 1,
    message: (r) => `Worker-${r.whole(1, 200)} gave up after ${r.whole(1, 20)} restarts`,
  },
];

const table = shapes.flatMap((shape) => Array<Shape>(shape.weight).fill(shape));
const start = Date.parse("2026-11-01T00:00:00.000Z");

/** NDJSON lines without their line ends, one by one: a million of them need no memory. */
export function* generateLines(count: number, seed: number): Generator<string> {
  const random = seededRandom(`log lines ${seed}`);
  let at = start;
  for (let index = 0; index < count; index++) {
    at += random.whole(0, 20);
    // One line in fifty arrives late, by up to a second.
    const late = random.chance(0.02) ? random.whole(1, 1000) : 0;
    const shape = table[random.whole(0, table.length - 1)];
    if (!shape) throw new Error("the table of shapes has a hole");
    yield JSON.stringify({
      timestamp: new Date(at - late).toISOString(),
      level: shape.level,
      message: shape.message(random),
      source: random.pick(services),
      traceId: hex(random, 32),
      userId: `u-${random.whole(1, 5000)}`,
      attempt: random.whole(1, 3),
    });
  }
}

/** The same lines, as bodies of `perBatch` lines. */
export function* generateBatches(count: number, perBatch: number, seed: number): Generator<string> {
  let batch: string[] = [];
  for (const line of generateLines(count, seed)) {
    batch.push(line);
    if (batch.length === perBatch) {
      yield `${batch.join("\n")}\n`;
      batch = [];
    }
  }
  if (batch.length > 0) yield `${batch.join("\n")}\n`;
}

function hex(random: Random, digits: number): string {
  let text = "";
  while (text.length < digits) text += random.whole(0, 0xffff).toString(16).padStart(4, "0");
  return text.slice(0, digits);
}
