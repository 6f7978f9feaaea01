import {
  createLoader,
  createSerializer,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { ErrorWindow } from "./schema";

/** The pages about failures: `?days=7&group=…&closed=true`. */
export const failureParams = {
  days: parseAsStringLiteral(["1", "7", "30"] as const).withDefault("7"),
  /** The group that is open. */
  group: parseAsString,
  /** What was resolved or ignored is shown as well. */
  closed: parseAsBoolean.withDefault(false),
};

export const loadFailureParams = createLoader(failureParams);
export const failureQuery = createSerializer(failureParams);
export type FailureParams = Awaited<ReturnType<typeof loadFailureParams>>;

const windows: Record<FailureParams["days"], ErrorWindow> = { "1": 1, "7": 7, "30": 30 };
export const windowOf = ({ days }: Pick<FailureParams, "days">): ErrorWindow => windows[days];
