import { z } from "zod";
import { workspaceRoute } from "@/lib/auth/route";
import { hasChangedSince } from "@/lib/runs/list/changes";
import { packRunPage } from "@/lib/runs/list/packed";
import { listRuns } from "@/lib/runs/queries";
import { loadRunListParams, runFiltersOf } from "@/lib/runs/search-params";

const headers = { "cache-control": "no-store" };

/** A page of the run list; with `known_as_of`, only when something has changed since; with `packed`, as the list itself asks. */
export const GET = workspaceRoute<{ workspace: string }>("runs:read", async (scope, request) => {
  const { searchParams } = new URL(request.url);
  const known = z.iso.datetime().safeParse(searchParams.get("known_as_of"));
  const asOf = new Date();
  if (known.success && !(await hasChangedSince(scope, new Date(known.data)))) {
    return Response.json({ unchanged: true, asOf: asOf.toISOString() }, { headers });
  }
  const filters = runFiltersOf(loadRunListParams(searchParams));
  const page = await listRuns(scope, filters);
  return Response.json(searchParams.has("packed") ? packRunPage(page) : page, { headers });
});
