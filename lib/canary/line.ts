import { createHash } from "node:crypto";
import type { LogLevel } from "@/lib/logs/level";
import { logLevels } from "@/lib/logs/level";

/** A line as it must come back. It follows from episode and number alone: to check it, nothing has to be remembered. */
export interface CanaryLine {
  at: string;
  level: LogLevel;
  message: string;
  metadataText: string;
}

/** What stores have been known to change: other scripts, escapes, integers beyond a double, keys with a meaning. */
const delicate = [
  '"note":"plain"',
  '"note":"Zażółć gęślą jaźń 🐤 \u2028 end"',
  '"note":"a \\"quoted\\" \\\\ path\\nand a second line\\tafter a tab"',
  '"big":9007199254740993,"negative":-9223372036854775807',
  '"note":"a lone \\ud83d half and a \\u0000"',
  '"$set":{"a.b":1},"__proto__":{"x":null}',
  '"nested":{"list":[1,1.0,1e3,"1",true,null,{}]}',
];

export function canaryLine(episodeId: string, number: number): CanaryLine {
  const fingerprint = createHash("sha256").update(`${episodeId} ${number}`).digest("hex").slice(0, 24);
  const level = logLevels[number % logLevels.length] ?? "info";
  return {
    // Every 17th is late: time does not decide the order.
    at: new Date(startOf(episodeId) + number * 1_000 - (number % 17 === 0 ? 3_600_000 : 0)).toISOString(),
    level,
    message: `canary line ${number} ${fingerprint}`,
    metadataText: `{"line":${number},"fingerprint":"${fingerprint}",${delicate[number % delicate.length]}}`,
  };
}

/** The same as a line of an upload. */
export function uploadText({ at, level, message, metadataText }: CanaryLine): string {
  const known = JSON.stringify({ timestamp: at, level, message });
  return `${known.slice(0, -1)},${metadataText.slice(1)}`;
}

/** The number that a message says it has; null for one that is no canary's. */
export function numberIn(message: string): number | null {
  const [, digits] = /^canary line (\d{1,9}) /.exec(message) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** An episode is named after the moment it begins. */
export const episodeIdAt = (moment: Date) => `canary-${moment.toISOString()}`;

const startOf = (episodeId: string) => Date.parse(episodeId.slice("canary-".length));
