/** How a command talks: one line for each step with its time; what moves is drawn in place only on a terminal. */

const live = process.stdout.isTTY === true;
const sparseMs = 5_000;

let quiet = false;
/** Something half said stands on the terminal's last line. */
let drawn = false;

/** From here on only `announce` is heard: what follows a command's last line must not come after it. */
export function fallSilent(): void {
  quiet = true;
}

export function say(line: string): void {
  if (quiet) return;
  erase();
  process.stdout.write(`${line}\n`);
}

function erase(): void {
  if (drawn) process.stdout.write("\r\x1b[2K");
  drawn = false;
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)} MB`;
}

export type Note = (text: string) => void;

/**
 * Runs one step and prints one line for it: what it did and how long that took. While it runs, its notes replace each
 * other on a terminal; elsewhere one is printed every few seconds, so that a log file stays short. A step that had
 * nothing to do says nothing (null).
 */
export async function step<T>(
  label: string,
  work: (note: Note) => Promise<T>,
  done?: (value: T) => string | null,
): Promise<T> {
  const since = performance.now();
  let lastPrinted = since;
  const draw = (text: string) => {
    if (quiet) return;
    if (live) {
      erase();
      process.stdout.write(`${label}: ${text}`.slice(0, (process.stdout.columns || 80) - 1));
      drawn = true;
    } else if (performance.now() - lastPrinted >= sparseMs) {
      lastPrinted = performance.now();
      process.stdout.write(`${label}: ${text}\n`);
    }
  };
  if (live) draw("…");
  try {
    const value = await work(draw);
    const line = done ? done(value) : label;
    if (line !== null) say(`${line}, ${seconds(since)}`);
    return value;
  } catch (error) {
    erase();
    throw error;
  }
}
