import "server-only";
import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import type { RejectedLine } from "@/lib/logs/ingest-stream";

/** Collects the refused lines of an import beside the command; made with the first of them, so a clean import leaves no file. */
export class RejectedFile {
  readonly path: string;
  first: RejectedLine | null = null;
  private handle: FileHandle | null = null;

  constructor(importedName: string, folder = process.cwd()) {
    this.path = resolve(folder, `${importedName}.rejected.ndjson`);
  }

  async add(line: RejectedLine): Promise<void> {
    this.first ??= line;
    this.handle ??= await open(this.path, "w");
    await this.handle.write(`${JSON.stringify({ line: line.line, reason: line.reason, text: line.text })}\n`);
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = null;
  }
}
