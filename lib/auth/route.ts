import "server-only";
import { env } from "@/lib/env";
import { httpStatus } from "@/lib/errors";
import { type WorkspaceScope, workspaceForApi } from "./access";
import { type Failure, failureOf } from "./failure";
import { isSameSite } from "./origin";
import type { Permission } from "./roles";

type Handler<Params> = (scope: WorkspaceScope, request: Request, params: Params) => Promise<Response>;

/**
 * A route of a workspace (a `[workspace]` folder in its path). A cookie travels with every request, so one that changes something
 * must also come from our own page; a token is sent on purpose and needs no such proof.
 */
export function workspaceRoute<Params extends { workspace: string }>(
  permission: Permission,
  handler: Handler<Params>,
): (request: Request, context: { params: Promise<Params> }) => Promise<Response> {
  return async (request, context) => {
    try {
      if (changesSomething(request) && !isSameSite(request.headers.get("origin"), env().NEXTAUTH_URL)) {
        return failed({
          ok: false,
          code: "forbidden",
          message: `This request was not sent from a page of ${env().NEXTAUTH_URL}.`,
        });
      }
      const params = await context.params;
      const access = await workspaceForApi(params.workspace, permission);
      return access.ok ? await handler(access.scope, request, params) : failed(access);
    } catch (error) {
      return failed(await failureOf(error, `${request.method} ${new URL(request.url).pathname}`));
    }
  };
}

/** The one shape of an error in JSON, for routes with a door of their own as well. */
export function failed(failure: Failure): Response {
  const { code, message, requestId, retryAfterSeconds } = failure;
  const status = code === "failed" ? 500 : httpStatus[code];
  const headers = new Headers({ "cache-control": "no-store" });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return Response.json({ error: { code, message, requestId, retryAfterSeconds } }, { status, headers });
}

const changesSomething = (request: Request) =>
  request.method !== "GET" && request.method !== "HEAD" && !request.headers.has("authorization");
