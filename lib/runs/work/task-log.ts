import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Held } from "../advance";
import { appendTaskLog, type TaskLogLine } from "./append-log";

const flushAfterMs = 500;
const linesPerBatch = 1_000;
const charactersPerBatch = 1024 * 1024;
/** A line of a program may be a whole file; the rest of one is dropped, and said to be. */
const longestLine = 64 * 1024;
/** Above this a task that can wait is asked to. */
const linesInHand = 5_000;
const firstRetryMs = 500;
const lastRetryMs = 5_000;

type Line = Omit<TaskLogLine, "at">;

/**
 * The log of one delivery of a task on its way out, in batches of half a second. A batch whose answer did not come is sent again
 * as it was, under its name, so that no line is lost or doubled; nothing is sent any more once the task is somebody else's.
 */
export class TaskLog {
  private pending: TaskLogLine[] = [];
  private written = 0;
  private sending: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private lost = false;

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly held: Held,
    private readonly onLost: () => void,
  ) {}

  add({ message, ...line }: Line): void {
    if (this.lost) return;
    const text =
      message.length > longestLine
        ? `${message.slice(0, longestLine)}… (${message.length - longestLine} more characters)`
        : message;
    this.pending.push({ ...line, message: text, at: new Date() });
    if (this.pending.length >= linesPerBatch) this.send();
    else this.timer ??= setTimeout(() => this.send(), flushAfterMs);
  }

  async room(): Promise<void> {
    while (this.pending.length > linesInHand && !this.lost) await this.send();
  }

  /** Everything that was added is written, or the task is lost. */
  async close(): Promise<void> {
    while ((this.sending || this.pending.length > 0) && !this.lost) await this.send();
    clearTimeout(this.timer);
  }

  /** Nothing goes out any more. */
  abandon(): void {
    this.lost = true;
    this.pending = [];
    clearTimeout(this.timer);
  }

  /** One batch at a time: the counts on the task go by the order of the log. */
  private send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending ??= this.sendNext().finally(() => {
      this.sending = null;
      if (this.pending.length > 0 && !this.lost) this.timer ??= setTimeout(() => this.send(), flushAfterMs);
    });
    return this.sending;
  }

  private async sendNext(): Promise<void> {
    const lines = this.takeBatch();
    if (lines.length === 0) return;
    const batch = { batchId: `line ${this.written}`, lines };
    for (let pauseMs = firstRetryMs; !this.lost; pauseMs = Math.min(2 * pauseMs, lastRetryMs)) {
      try {
        if ((await appendTaskLog(this.scope, this.held, batch)) === "lost") {
          this.abandon();
          this.onLost();
        }
        this.written += lines.length;
        return;
      } catch {
        // A store is away. When it stays so, the lease is lost, and that ends this.
        await sleep(pauseMs, undefined, { ref: false });
      }
    }
  }

  private takeBatch(): TaskLogLine[] {
    let characters = 0;
    let count = 0;
    for (const { message } of this.pending) {
      if (count >= linesPerBatch || characters >= charactersPerBatch) break;
      characters += message.length;
      count++;
    }
    return this.pending.splice(0, count);
  }
}
