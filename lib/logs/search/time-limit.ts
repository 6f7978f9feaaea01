import { createContext, Script } from "node:vm";
import { AppError } from "@/lib/errors";

/**
 * A regular expression of a stranger may take exponential time, and nothing in JavaScript stops one that runs. A vm script
 * does: its watchdog also ends the regular expressions of functions it calls. Each guarded call costs about 0.1 ms, so call
 * it for many rows at once.
 */
const sandbox: { work: () => void } = { work: () => {} };
const context = createContext(sandbox);
const script = new Script("work()");

/** How long one batch of rows may keep the process busy. Ordinary patterns need a few milliseconds for thousands of rows. */
const batchMs = 1_000;

export function withTimeLimit<T>(work: () => T, milliseconds = batchMs): T {
  const outer = sandbox.work;
  const results: T[] = [];
  sandbox.work = () => {
    results.push(work());
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new AppError(
      "bad_input",
      "text: This pattern takes too long. Repetitions inside repetitions, like (a+)+, are the usual reason; write it without them.",
    );
  } finally {
    sandbox.work = outer;
  }
  const [result] = results;
  if (result === undefined) throw new Error("A guarded call ended without a result");
  return result;
}

/** Made in the script's own realm, the error is no instance of our Error. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
