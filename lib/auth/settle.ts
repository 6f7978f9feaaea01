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

/** A part of what was read, where it could be read. */
export async function settledPart<T, P>(
  read: Promise<Settled<T>>,
  part: (value: T) => P,
): Promise<Settled<P>> {
  const settled = await read;
  return settled.ok ? { ok: true, value: part(settled.value) } : settled;
}
