import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const file = join(import.meta.dirname, "shutdown.ts");

test.each(["SIGTERM", "SIGINT"] as const)(
  "a process that gets %s ends its open answers first, of every kind, and then ends as it would have",
  async (signal) => {
    const program = `
      const { onShutdown } = require(${JSON.stringify(file)});
      onShutdown(() => console.log("tails ended"));
      onShutdown(() => console.log("live runs ended"));
      setInterval(() => {}, 1000);
      console.log("ready");
    `;
    const child = spawn(process.execPath, ["--import", "tsx", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    const ready = new Promise<void>((resolve) => {
      child.stdout.on("data", (part) => {
        output += part;
        if (output.includes("ready")) resolve();
      });
    });
    const closed = once(child, "close");
    await Promise.race([ready, closed]);
    child.kill(signal);
    expect(await closed).toEqual([null, signal]);
    expect(output).toBe("ready\ntails ended\nlive runs ended\n");
  },
);
