import "server-only";
import { scopeForToken, type WorkspaceScope } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
import { failed } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { countCall } from "./limits";

type Handler = (scope: WorkspaceScope, request: Request) => Promise<object | null>;

/** A door for workers: the token says which workspace. What the handler returns is the answer; null is 204, nothing to say. */
export function workerRoute(path: string, handler: Handler): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const access = await scopeForToken(request.headers.get("authorization"), "tasks:work");
      if (!access.ok) return failed(access);
      countCall(access.scope);
      const answer = await handler(access.scope, request);
      const headers = { "cache-control": "no-store" };
      return answer === null
        ? new Response(null, { status: 204, headers })
        : Response.json(answer, { headers });
    } catch (error) {
      return failed(await failureOf(error, `POST /api/v1/worker/${path}`));
    }
  };
}

/** The same whether the task ended, was given to another worker, is of another workspace or never was. */
export function lostTask(): AppError {
  return new AppError(
    "conflict",
    "This task is not yours, or not any more: its lease ran out, or it is over. Stop working on it; nothing of this call was kept.",
  );
}
