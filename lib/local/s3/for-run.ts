import { Failure, reasonOf } from "../failure";
import { Interrupted } from "../interrupt";
import { megabytes, say, seconds } from "../progress";
import { type RunningS3Server, startS3Server, unavailableS3 } from "./server";

export interface S3ForRun {
  /** What the tests are told: where the server is, or why there is none. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * One S3 server for all tests of a run. Begun first and awaited when the tests start: fetching it takes some seconds on a new
 * machine, which go by while types and lint are checked. Without it the tests that need it are skipped, by name.
 */
export async function beginS3ForRun(engineDir: string, signal: AbortSignal): Promise<S3ForRun> {
  const since = performance.now();
  try {
    const reason = unavailableS3();
    if (reason) throw new Failure(reason, "Set S3_ENDPOINT to a server of your own.");
    let fetched = 0;
    const server: RunningS3Server = await startS3Server({
      engineDir,
      signal,
      onProgress: ({ step, total = 0 }) => {
        if (step === "download") fetched = total;
      },
    });
    if (fetched > 0) say(`S3 server: ${megabytes(fetched)} fetched and started, ${seconds(since)}`);
    return { environment: { S3_ENDPOINT: server.endpoint }, stop: server.stop };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const reason = reasonOf(error);
    say(`S3 server: none (${reason}); the tests that need one are skipped.`);
    return { environment: { STRATA_S3_UNAVAILABLE: reason }, stop: async () => {} };
  }
}
