/** How far a long command is, on standard error: a bar that is redrawn on a terminal, a line now and then elsewhere. */
export interface Progress {
  update(done: number, detail: string): void;
  end(): void;
}

const barWidth = 24;
const redrawMs = 100;
const lineMs = 5_000;

export function showProgress(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const started = Date.now();
  let shownAt = started;
  let drawn = false;
  return {
    update(done, detail) {
      const now = Date.now();
      if (now - shownAt < (stream.isTTY ? redrawMs : lineMs)) return;
      shownAt = now;
      const share = total > 0 ? Math.min(1, done / total) : 1;
      const percent = `${Math.floor(share * 100)} %`.padStart(5);
      const seconds = `${Math.round((now - started) / 1000)} s`;
      if (!stream.isTTY) {
        stream.write(`${label}: ${percent.trim()}, ${detail}, ${seconds}\n`);
        return;
      }
      const filled = Math.round(share * barWidth);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      stream.write(`\r\u001b[K${label} ${bar} ${percent}  ${detail}  ${seconds}`);
      drawn = true;
    },
    end() {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}
