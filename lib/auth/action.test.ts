import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/lib/testing/database";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive, refreshed } from "@/lib/testing/request";
import type { WorkspaceScope } from "./access";
import { type MutationResult, workspaceAction } from "./action";
import type { Role } from "./roles";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();

const input = z.object({
  name: z.string().min(1, "Give it a name.").max(20),
  minutes: z.coerce.number().int().min(5),
});
type Input = z.output<typeof input>;

const calls: { scope: WorkspaceScope; input: Input }[] = [];
let next: () => Promise<MutationResult>;

const renameAction = workspaceAction(
  "runs:write",
  input,
  (scope, given) => {
    calls.push({ scope, input: given });
    return next();
  },
  { refresh: "runs" },
);

beforeEach(() => {
  calls.length = 0;
  next = async () => ({ ok: true, message: "Renamed." });
});

async function signedInAs(role: Role | "stranger") {
  const workspace = await createWorkspace();
  const person = await createPerson();
  if (role !== "stranger") await join(workspace, person, role);
  arrive(await signedInCookie(person));
  return { workspace, person };
}

function form(fields: Record<string, string> = { name: "nightly", minutes: "15" }): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test("a member with the permission: the mutation gets a scope and parsed input, and its pages are read again", async () => {
  const { workspace, person } = await signedInAs("editor");
  expect(await renameAction(workspace.slug, null, form())).toEqual({ ok: true, message: "Renamed." });
  expect(calls).toMatchObject([
    { scope: { workspaceId: workspace.id, userId: person.id }, input: { name: "nightly", minutes: 15 } },
  ]);
  expect(refreshed).toEqual([`/w/${workspace.slug}/runs`]);
});

test("a viewer, a stranger and nobody are each refused before the mutation runs", async () => {
  const asViewer = await signedInAs("viewer");
  expect(await renameAction(asViewer.workspace.slug, null, form())).toMatchObject({
    ok: false,
    code: "forbidden",
  });
  const asStranger = await signedInAs("stranger");
  expect(await renameAction(asStranger.workspace.slug, null, form())).toMatchObject({ code: "not_found" });
  arrive();
  expect(await renameAction(asViewer.workspace.slug, null, form())).toMatchObject({
    code: "unauthorized",
    message: "Your session has ended. Sign in again.",
  });
  expect(calls).toEqual([]);
  expect(refreshed).toEqual([]);
});

test("a form sent from another site is refused although the browser sends the cookie along", async () => {
  const { workspace, person } = await signedInAs("owner");
  for (const origin of ["https://evil.example", "null", ""]) {
    arrive(await signedInCookie(person), { origin });
    expect(await renameAction(workspace.slug, null, form())).toMatchObject({ ok: false, code: "forbidden" });
  }
  expect(calls).toEqual([]);
});

test("bad input is answered by field, with what was typed", async () => {
  const { workspace } = await signedInAs("editor");
  const state = await renameAction(
    workspace.slug,
    null,
    form({ name: "", minutes: "3", apiKey: "hidden", password: "hidden" }),
  );
  expect(state).toMatchObject({ code: "bad_input", values: { name: "", minutes: "3" } });
  expect(state.ok === false && Object.keys(state.fields ?? {})).toEqual(["name", "minutes"]);
  expect(JSON.stringify(state)).not.toContain("hidden");
  expect(calls).toEqual([]);
});

test("a slug that is no slug is a workspace that is not there", async () => {
  await signedInAs("editor");
  for (const slug of ["", "../admin", "' or true --", "\u0000"]) {
    expect(await renameAction(slug, null, form())).toMatchObject({ ok: false, code: "not_found" });
  }
});

test("a refusal of the mutation reaches the form, and nothing is read again", async () => {
  const { workspace } = await signedInAs("editor");
  next = async () => ({ ok: false, code: "conflict", fields: { name: "Taken." } });
  expect(await renameAction(workspace.slug, null, form())).toMatchObject({
    ok: false,
    code: "conflict",
    message: "This has changed in the meantime. Look at it again.",
    fields: { name: "Taken." },
  });
  expect(refreshed).toEqual([]);
});

test("an AppError is told; any other error becomes a fixed sentence with the request id that finds it in the log", async () => {
  const { workspace, person } = await signedInAs("editor");
  next = () => Promise.reject(new AppError("unavailable", "The object store is full."));
  expect(await renameAction(workspace.slug, null, form())).toMatchObject({
    code: "unavailable",
    message: "The object store is full.",
  });

  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  arrive(await signedInCookie(person), { "x-request-id": "req-77" });
  next = () => Promise.reject(new Error("duplicate key value violates unique constraint on table users"));
  const state = await renameAction(workspace.slug, null, form());
  expect(state).toMatchObject({ ok: false, code: "failed" });
  expect(JSON.stringify(state)).toContain("req-77");
  expect(JSON.stringify(state)).not.toContain("duplicate key");
  expect(log.mock.calls.flat().join()).toMatch(/req-77.*duplicate key/s);
  log.mockRestore();
});

test("a mutation that leads on to another page is a redirect, not a failure", async () => {
  const { workspace } = await signedInAs("editor");
  next = async () => ({ ok: true, goTo: `/w/${workspace.slug}/runs/1` });
  await expect(renameAction(workspace.slug, null, form())).rejects.toMatchObject({ kind: "redirect" });
});
