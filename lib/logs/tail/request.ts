import { AppError } from "@/lib/errors";
import { int64Text } from "../schema";
import { type LogQuery, logQueryFrom } from "../search/query";

export interface TailRequest {
  /** The first number wanted; null for what is written from now on. */
  from: bigint | null;
  query: LogQuery;
}

const reached = /^(-1|0|[1-9]\d{0,18})$/;

/** Where a tail begins. What a browser sends when it comes again counts more than the address it first asked for. */
export function tailRequestFrom(params: URLSearchParams, lastEventId: string | null): TailRequest {
  const query = logQueryFrom(params);
  if (lastEventId !== null && lastEventId !== "") {
    if (!reached.test(lastEventId)) {
      throw new AppError("bad_input", "Last-Event-ID: the id of an event of this tail is wanted.");
    }
    return { from: BigInt(lastEventId) + 1n, query };
  }
  const from = params.get("from");
  if (from === null) return { from: null, query };
  if (!int64Text.safeParse(from).success) {
    throw new AppError("bad_input", "from: a sequence number is wanted, as digits.");
  }
  return { from: BigInt(from), query };
}
