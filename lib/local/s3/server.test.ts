import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describeWithS3 } from "@/lib/testing/s3";
import { isRunning } from "../lock.mjs";
import { identify } from "../processes";
import { testFolder } from "../testing-folder";
import { startS3Server } from "./server";

// A server that was given from outside is not ours to start and end.
const given = process.env.S3_ENDPOINT;

describeWithS3("the S3 server", () => {
  test("answers on loopback, forgets everything, and is gone when it is stopped", async () => {
    delete process.env.S3_ENDPOINT;
    try {
      const server = await startS3Server();
      expect(new URL(server.endpoint).hostname).toBe("127.0.0.1");
      expect((await fetch(`${server.endpoint}/some-bucket`, { method: "PUT" })).status).toBe(200);
      await server.stop();
      await expect(fetch(server.endpoint)).rejects.toThrow();

      const next = await startS3Server();
      expect((await fetch(`${next.endpoint}/some-bucket`, { method: "HEAD" })).status).toBe(404);
      await next.stop();
    } finally {
      if (given) process.env.S3_ENDPOINT = given;
    }
  });

  test("ends with a process that is killed", async () => {
    const folder = testFolder("s3");
    const script = path.join(folder, "hold.mts");
    const module = path.join(import.meta.dirname, "server.ts");
    writeFileSync(
      script,
      `import { startS3Server } from ${JSON.stringify(module)};
       const { pid } = await startS3Server();
       console.log(pid);
       setInterval(() => {}, 1_000);`,
    );
    const { S3_ENDPOINT: _, ...env } = process.env;
    const holder = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(holder.stdout, "data");
    const server = identify(Number(String(line)));
    expect(isRunning(server)).toBe(true);
    holder.kill("SIGKILL");
    await expect.poll(() => isRunning(server), { timeout: 10_000 }).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
