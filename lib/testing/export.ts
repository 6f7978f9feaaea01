import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LongAnswer } from "@/lib/auth/long-answer";
import { type ExportOptions, openExport } from "@/lib/logs/export/export";
import { exportRequestFrom } from "@/lib/logs/export/request";

/** Nobody's access ends, and what goes wrong is the test's to see. */
export const openDoor: LongAnswer = {
  stillAllowed: async () => true,
  failureOf: (error) => {
    throw error;
  },
};

/** A whole export as text. */
export async function exportText(
  scope: WorkspaceScope,
  episodeId: string,
  parameters = "",
  options: Partial<ExportOptions> = {},
): Promise<string> {
  const request = exportRequestFrom(new URLSearchParams(parameters));
  const opened = await openExport(scope, episodeId, request, { answer: openDoor, ...options });
  if (!opened) throw new Error(`There is no episode ${episodeId}`);
  const parts: Buffer[] = [];
  for await (const part of opened.bytes) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** JSON lines and the trailer behind them, apart. */
export function withoutTrailer(text: string): { body: string; trailer: Record<string, unknown> } {
  const start = text.lastIndexOf("\n", text.length - 2) + 1;
  return { body: text.slice(0, start), trailer: JSON.parse(text.slice(start)) };
}

export const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
