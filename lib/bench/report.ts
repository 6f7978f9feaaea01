import { cpus } from "node:os";
import { type Figure, isMet } from "./goal";

/** `G1 ingest 0.81x (goal >= 0.70) ours=41,200 rows/s baseline=50,900 rows/s  met`. */
export function figureLine(figure: Figure): string {
  const { id, name, value, unit, goal, ours, baseline } = figure;
  const bound = "atLeast" in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
  const verdict = isMet(figure) ? "met" : "MISSED";
  return `${id} ${name} ${shortNumber(value)}${unitText(unit)} (goal ${bound}) ours=${ours} baseline=${baseline} ${verdict}`;
}

/** What `--json` writes: enough to compare two runs, and to see that they are comparable. */
export function reportOf(
  suite: string,
  settings: { logs: number; runs: number; seed: number },
  figures: Figure[],
) {
  return {
    suite,
    ...settings,
    at: new Date().toISOString(),
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? "unknown",
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  };
}

/** Three digits that matter, never in powers of ten. */
function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.01 ? 2 : 5;
  return value.toLocaleString("en", {
    maximumFractionDigits: digits,
    minimumFractionDigits: Math.min(digits, 2),
  });
}

function unitText(unit: Figure["unit"]): string {
  if (unit === "x") return "x";
  return unit === "count" ? "" : ` ${unit}`;
}
