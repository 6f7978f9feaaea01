import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import "@/lib/testing/environment";
import { proxy } from "@/proxy";
import { sealSession, sessionCookie } from "./cookie";
import { newSecret } from "./secrets";

async function ask(
  path: string,
  { cookie, headers = {} }: { cookie?: string; headers?: Record<string, string> } = {},
) {
  const request = new NextRequest(`http://localhost:3000${path}`, { headers });
  if (cookie !== undefined) request.cookies.set(sessionCookie(env().NEXTAUTH_URL).name, cookie);
  const response = await proxy(request);
  const location = response.headers.get("location");
  return {
    status: response.status,
    to: location?.replace("http://localhost:3000", "") ?? null,
    passedOn: (name: string) => response.headers.get(`x-middleware-request-${name}`),
  };
}

test("the signed-out are sent to sign-in, which remembers the page", async () => {
  expect(await ask("/w/demo/runs?status=failed")).toMatchObject({
    status: 307,
    to: "/sign-in?callbackUrl=%2Fw%2Fdemo%2Fruns%3Fstatus%3Dfailed",
  });
  expect((await ask("/")).to).toBe("/sign-in");
});

test("a cookie that is none is a lost session", async () => {
  expect((await ask("/w/demo", { cookie: "x.y.z" })).to).toBe(
    "/sign-in?callbackUrl=%2Fw%2Fdemo&reason=ended",
  );
});

test.each(["/sign-in", "/invite/abc", "/api/w/demo/runs", "/api/auth/csrf", "/v1/logs", "/loki/api/v1/push"])(
  "%s is passed on without a session: it is open, or answers with a status itself",
  async (path) => {
    expect((await ask(path)).to).toBeNull();
  },
);

test.each(["/sign-in-not", "/apis", "/v1x", "/W/demo"])("%s only looks open", async (path) => {
  expect((await ask(path)).to).toMatch(/^\/sign-in\?/);
});

test("each request is named and tells its own path, whatever the client claims", async () => {
  const cookie = await sealSession(newSecret(), env().NEXTAUTH_SECRET);
  const claims = { "x-request-id": "mine", "x-strata-path": "//evil.example" };
  const { to, passedOn } = await ask("/w/demo?a=b", { cookie, headers: claims });
  expect(to).toBeNull();
  expect(passedOn("x-strata-path")).toBe("/w/demo?a=b");
  expect(passedOn("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});
