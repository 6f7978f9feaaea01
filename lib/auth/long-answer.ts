import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import { scopeForToken, workspaceFor } from "./access";
import type { Failure } from "./failure";
import { requestIdHeader } from "./headers";
import { readSessionCookie, requestHeader } from "./request";
import type { Permission } from "./roles";
import { sessionForCookie } from "./session";

/** What an answer needs that is still being written when its route has long returned. */
export interface LongAnswer {
  /** Whether the sender of the request may still have what it asked for: read anew from PostgreSQL each time. */
  stillAllowed(): Promise<boolean>;
  /** The end of an error: like failureOf, at a time when there is no request to ask any more. */
  failureOf(error: unknown, where: string): Failure;
}

/** Keeps who asked, so that their access can be proven again and again: a right that ends takes its open answers with it. */
export async function longAnswer(slug: string, permission: Permission): Promise<LongAnswer> {
  const bearer = await requestHeader("authorization");
  const cookie = await readSessionCookie();
  const requestId = (await requestHeader(requestIdHeader)) ?? randomUUID();
  return {
    stillAllowed: async () => {
      const access =
        bearer === null
          ? await workspaceFor(await sessionForCookie(cookie), slug, permission)
          : await scopeForToken(bearer, permission, slug);
      return access.ok;
    },
    failureOf: (error, where) => failureLate(error, where, requestId),
  };
}

function failureLate(error: unknown, where: string, requestId: string): Failure {
  if (error instanceof AppError) return { ok: false, code: error.code, message: error.message };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const time = new Date().toISOString();
  console.error(JSON.stringify({ level: "error", time, requestId, where, error: text }));
  return {
    ok: false,
    code: "failed",
    message: `Something went wrong on our side. If it stays so, name request ${requestId}.`,
    requestId,
  };
}
