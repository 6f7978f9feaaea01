import type { LogLevel } from "@/lib/logs/level";
import type { Random } from "@/lib/seeded-random";

/** A line of a log before it has a time. */
export interface SpokenLine {
  level: LogLevel;
  message: string;
  [field: string]: unknown;
}

type Voice = (random: Random, step: number, steps: number) => SpokenLine;

const info = (message: string, fields: Record<string, unknown> = {}): SpokenLine => ({
  level: "info",
  message,
  ...fields,
});

const transfer: Voice = (random, step) => {
  const bytes = random.whole(4_000_000, 64_000_000);
  const part = `part-${String(step).padStart(5, "0")}`;
  return random.chance(0.08)
    ? { level: "warn", message: `${part}: connection reset, trying again`, part, retry: random.whole(1, 3) }
    : info(`${part}: ${(bytes / 1e6).toFixed(1)} MB in ${random.between(0.2, 4).toFixed(2)} s`, {
        part,
        bytes,
        status: 206,
      });
};

const training: Voice = (random, step, steps) => {
  const loss = 2.4 * Math.exp((-2.2 * step) / steps) + random.between(0, 0.08);
  if (random.chance(0.04))
    return { level: "warn", message: "gradient norm above 10, clipped", step, norm: random.between(10, 40) };
  return info(
    `step ${step * 200} loss ${loss.toFixed(4)} lr 3.0e-4 ${random.whole(8_000, 14_000)} tokens/s`,
    {
      step: step * 200,
      loss: Number(loss.toFixed(6)),
      gpu: { util: random.whole(81, 99), memoryGiB: Number(random.between(17, 22).toFixed(1)) },
    },
  );
};

const inference: Voice = (random, step) => {
  if (random.chance(0.3))
    return {
      level: "debug",
      message: `kernel cache hit for bucket ${random.whole(1, 16) * 64}`,
      batch: step,
    };
  return info(
    `batch ${step}: ${random.whole(48, 64)} items, p50 ${random.whole(11, 30)} ms, p99 ${random.whole(40, 160)} ms`,
    {
      batch: step,
      queue: random.whole(0, 12),
      model: "encoder-base-3",
    },
  );
};

const alignment: Voice = (random, step) =>
  random.chance(0.05)
    ? {
        level: "warn",
        message: `chunk ${step}: ${random.between(8, 15).toFixed(1)} % of reads did not map`,
        chunk: step,
      }
    : info(
        `chunk ${step}: ${random.whole(180, 220)},${String(random.whole(0, 999)).padStart(3, "0")} reads mapped`,
        {
          chunk: step,
          contig: `chr${random.whole(1, 22)}`,
          mapq: Number(random.between(38, 60).toFixed(1)),
        },
      );

const tables: Voice = (random, step, steps) => {
  const rows = random.whole(1_000, 90_000);
  if (random.chance(0.06))
    return {
      level: "warn",
      message: `${random.whole(1, 40)} rows have no customer id; kept as they are`,
      partition: step,
    };
  return info(`partition ${step} of ${steps}: ${rows.toLocaleString("en")} rows`, { partition: step, rows });
};

const voices: Record<string, Voice> = {
  download: transfer,
  load: tables,
  train: training,
  evaluate: inference,
  infer: inference,
  embed: inference,
  simulate: inference,
  align: alignment,
  dedupe: alignment,
  variants: alignment,
};

/** Lines that real logs have and that break careless viewers: other scripts, marks, tabs, several lines, great length. */
const awkward: readonly [Voice, ...Voice[]] = [
  () =>
    info("wrote « données_été_2026.csv » — 1 204 lignes ✓", { path: "/data/Überblick/données_été_2026.csv" }),
  () => info("处理完成：共 3,482 条记录，用时 12.4 秒", { locale: "zh-CN" }),
  () => info("تم حفظ الملف بنجاح", { dir: "rtl" }),
  () => info("🛰️ uplink ok\tlatency=412ms\tloss=0.00%", { emoji: "👩🏽‍🔬" }),
  (random) => ({
    level: "debug",
    message: `config ${JSON.stringify(Object.fromEntries(Array.from({ length: 140 }, (_, n) => [`option_${n}`, random.whole(0, 99_999)])))}`,
  }),
  () => ({
    level: "warn",
    message:
      "slow query (2.31 s)\n  select s.id, s.payload\n    from samples s\n   where s.batch = $1\n   order by s.id",
    sql: { rows: 48_112, plan: ["Index Scan", "Sort"] },
  }),
];

export function speak(nodeType: string, random: Random, step: number, steps: number): SpokenLine {
  if (random.chance(0.03)) return random.pick(awkward)(random, step, steps);
  return (voices[nodeType] ?? tables)(random, step, steps);
}
