import "server-only";
import { isNativeError } from "node:util/types";
import { createContext, Script } from "node:vm";

const call = new Script("work()");
/** One for all calls, as making one costs more than most batches take; they cannot meet in it, being synchronous. */
const place: { work: () => void } = { work: () => {} };
let context: ReturnType<typeof createContext> | undefined;

export class OutOfTime extends Error {}

/**
 * Runs synchronous work that may match a slow regular expression, and stops it when its time is over: V8 ends whatever
 * function it is in. The work must leave nothing half-done behind.
 */
export function withinTime<T>(limitMs: number, work: () => T): T {
  let result: { value: T } | undefined;
  context ??= createContext(place);
  place.work = () => {
    result = { value: work() };
  };
  try {
    call.runInContext(context, { timeout: limitMs });
  } catch (error) {
    // The error is one of the context's own realm, so it is no Error here.
    if (isNativeError(error) && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      throw new OutOfTime(`It took longer than ${limitMs} ms`);
    throw error;
  } finally {
    // Nothing of a batch is kept alive by the context.
    place.work = () => {};
  }
  if (!result) throw new Error("The work ended without a result");
  return result.value;
}
