import { beforeEach, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/lib/testing/database";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { workspaceRoute } from "./route";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();

const site = env().NEXTAUTH_URL;
let answer: () => Promise<Response>;
beforeEach(() => {
  answer = async () => Response.json({ rows: [] });
});

const readRoute = workspaceRoute("logs:read", () => answer());
const writeRoute = workspaceRoute("logs:write", async (scope) => Response.json({ by: scope.userId }));

async function signedInMember() {
  const workspace = await createWorkspace();
  const person = await createPerson();
  await join(workspace, person, "editor");
  arrive(await signedInCookie(person));
  return { workspace, person };
}

async function call(route: typeof readRoute, workspace: string, init: RequestInit = {}) {
  const response = await route(new Request(`${site}/api/v1/w/${workspace}/logs`, init), {
    params: Promise.resolve({ workspace }),
  });
  return { status: response.status, body: await response.json() };
}

test("a member is served", async () => {
  const { workspace, person } = await signedInMember();
  expect(await call(readRoute, workspace.slug)).toEqual({ status: 200, body: { rows: [] } });
  expect(await call(writeRoute, workspace.slug, { method: "POST", headers: { origin: site } })).toEqual({
    status: 200,
    body: { by: person.id },
  });
});

test("refusals are JSON with a status: 401 for nobody, 404 for a stranger", async () => {
  const { workspace } = await signedInMember();
  arrive(await signedInCookie(await createPerson()));
  expect(await call(readRoute, workspace.slug)).toMatchObject({
    status: 404,
    body: { error: { code: "not_found" } },
  });
  arrive();
  expect(await call(readRoute, workspace.slug)).toMatchObject({
    status: 401,
    body: { error: { code: "unauthorized" } },
  });
});

test("a cookie alone changes nothing: without our own origin a write is refused", async () => {
  const { workspace } = await signedInMember();
  for (const headers of [undefined, { origin: "https://evil.example" }, { origin: "null" }]) {
    const refused = await call(writeRoute, workspace.slug, { method: "POST", headers });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  }
});

test("an AppError keeps its status and words; another error is 500 with a request id and no detail", async () => {
  const { workspace } = await signedInMember();
  answer = () => Promise.reject(new AppError("too_large", "At most 10,000 rows at once."));
  expect(await call(readRoute, workspace.slug)).toEqual({
    status: 413,
    body: { error: { code: "too_large", message: "At most 10,000 rows at once." } },
  });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  answer = () => Promise.reject(new Error("E11000 at strata.logs"));
  const failed = await call(readRoute, workspace.slug);
  expect(failed).toMatchObject({
    status: 500,
    body: { error: { code: "failed", requestId: expect.any(String) } },
  });
  expect(JSON.stringify(failed)).not.toContain("E11000");
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
