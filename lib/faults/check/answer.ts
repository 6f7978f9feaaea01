import { AppError } from "@/lib/errors";

/** For readers that ask whether they may go on: nobody's right ends in the middle of a check. */
export const trusted = {
  stillAllowed: async () => true,
  failureOf: (error: unknown) => {
    const code = error instanceof AppError ? error.code : "failed";
    return { ok: false, code, message: String(error) } as const;
  },
};
