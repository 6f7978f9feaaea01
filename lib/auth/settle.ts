import "server-only";
import { failureOf } from "./failure";

export type Settled<T> = { ok: true; value: T } | { ok: false; requestId: string | null };

/** One region's read as a value: when a store is down, its region says so and the others are drawn. */
export async function settle<T>(read: Promise<T>, where: string): Promise<Settled<T>> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    const failure = await failureOf(error, where);
    return { ok: false, requestId: failure.requestId ?? null };
  }
}
