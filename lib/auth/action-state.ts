import type { ErrorCode } from "@/lib/errors";

/** What a form gets back. `values` are the words typed, so that they survive a failure; secrets are never among them. */
export type ActionState =
  | { ok: true; message?: string }
  | {
      ok: false;
      code: ErrorCode | "failed";
      message: string;
      fields?: Record<string, string>;
      values?: Record<string, string>;
    };
