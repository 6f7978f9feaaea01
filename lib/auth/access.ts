import "server-only";
import { cache } from "react";
import type { ErrorCode } from "@/lib/errors";
import { readToken } from "./api-token";
import {
  membershipByIds,
  membershipIn,
  type Place,
  platformRoleOf,
  workspaceById,
  workspaceBySlug,
  workspacesOf,
} from "./membership";
import { goToSignIn, pageForbidden, pageNotFound, requestHeader } from "./request";
import { can, type Permission, permissionsOf, type Role } from "./roles";
import { currentSession, type Session } from "./session";

/**
 * Proof that somebody may act in one workspace. Not exported, with a protected member: no other file can make one, no look-alike
 * and no copy by spreading passes for one, and React refuses to send one to the browser.
 */
class ProvenWorkspace {
  protected readonly proven = "workspace";
  readonly workspaceId: string;
  readonly workspaceSlug: string;
  readonly workspaceName: string;
  /** Null for the worker and for a command, which act for no person. */
  readonly userId: string | null;
  readonly role: Role;
  readonly actor: "user" | "token" | "worker" | "command";
  /** What the role grants; for a token, only what the token was made for as well. Ask with can(). */
  readonly permissions: readonly Permission[];

  constructor(
    place: Place,
    who: Pick<WorkspaceScope, "userId" | "role" | "actor">,
    limitedTo?: readonly string[],
  ) {
    this.workspaceId = place.workspaceId;
    this.workspaceSlug = place.workspaceSlug;
    this.workspaceName = place.workspaceName;
    this.userId = who.userId;
    this.role = who.role;
    this.actor = who.actor;
    const granted = permissionsOf[who.role];
    this.permissions = limitedTo ? granted.filter((permission) => limitedTo.includes(permission)) : granted;
    Object.freeze(this);
  }
}

/** Proof that somebody may look across workspaces: the worker, which also acts, or a person with a platform role. */
class ProvenPlatform {
  protected readonly proven = "platform";
  readonly userId: string | null;
  readonly actor: "user" | "worker";

  constructor(who: Pick<PlatformScope, "userId" | "actor">) {
    this.userId = who.userId;
    this.actor = who.actor;
    Object.freeze(this);
  }
}

/** Every query and mutation takes it first. */
export type WorkspaceScope = ProvenWorkspace;
export type PlatformScope = ProvenPlatform;

export type Refusal = {
  ok: false;
  code: Extract<ErrorCode, "unauthorized" | "forbidden" | "not_found">;
  message: string;
};
export type Access = { ok: true; scope: WorkspaceScope } | Refusal;

const refusals = {
  unauthorized: { ok: false, code: "unauthorized", message: "You are not signed in." },
  badToken: { ok: false, code: "unauthorized", message: "This API token is not valid here." },
  notFound: { ok: false, code: "not_found", message: "There is no such workspace." },
  forbidden: { ok: false, code: "forbidden", message: "Your role does not allow this." },
} as const satisfies Record<string, Refusal>;

/** For pages: sends the signed-out to sign-in, answers "not found" to a stranger (existence does not leak), "forbidden" to a role. */
export const requireWorkspace = cache(
  async (slug: string, permission: Permission): Promise<WorkspaceScope> => {
    const access = await workspaceFor(await currentSession(), slug, permission);
    if (access.ok) return access.scope;
    if (access.code === "unauthorized") return goToSignIn();
    return access.code === "forbidden" ? pageForbidden() : pageNotFound();
  },
);

/** For actions and routes: the same check as a value. A request that carries a token is judged by the token alone. */
export async function workspaceForApi(slug: string, permission: Permission): Promise<Access> {
  const bearer = await requestHeader("authorization");
  if (bearer !== null) return scopeForToken(bearer, permission, slug);
  return workspaceFor(await currentSession(), slug, permission);
}

/** The check behind both: membership and role are read now, never taken from the cookie. */
export async function workspaceFor(
  session: Session | null,
  slug: string,
  permission: Permission,
): Promise<Access> {
  if (!session) return refusals.unauthorized;
  const place = await membershipIn(session.userId, slug);
  if (!place) return refusals.notFound;
  const scope = new ProvenWorkspace(place, { userId: session.userId, role: place.role, actor: "user" });
  return can(scope, permission) ? { ok: true, scope } : refusals.forbidden;
}

/**
 * For programs. Unknown, expired and revoked tokens, tokens whose creator has left, and tokens of another workspace than `slug`
 * get the same answer. A token never grants more than its creator's role does now.
 */
export async function scopeForToken(
  bearer: string | null,
  permission: Permission,
  slug?: string,
): Promise<Access> {
  const token = await readToken(bearer);
  if (!token || (slug !== undefined && slug !== token.workspaceSlug)) return refusals.badToken;
  const scope = new ProvenWorkspace(
    token,
    { userId: token.userId, role: token.role, actor: "token" },
    token.scopes,
  );
  return can(scope, permission) ? { ok: true, scope } : refusals.forbidden;
}

/** For lib/worker: a job names its workspace, which must still exist. */
export async function scopeForWorker(workspaceId: string): Promise<WorkspaceScope | null> {
  const place = await workspaceById(workspaceId);
  return place ? new ProvenWorkspace(place, { userId: null, role: "owner", actor: "worker" }) : null;
}

/**
 * For lib/worker: what a person asked for and does not wait for. It is done with the rights they have by now; null when
 * those no longer reach.
 */
export async function scopeForMember(
  { userId, workspaceId }: { userId: string; workspaceId: string },
  permission: Permission,
): Promise<WorkspaceScope | null> {
  const place = await membershipByIds(userId, workspaceId);
  if (!place) return null;
  const scope = new ProvenWorkspace(place, { userId, role: place.role, actor: "worker" });
  return can(scope, permission) ? scope : null;
}

/** For the command line, whose user owns the machine and the databases already. */
export async function scopeForCommand(slug: string): Promise<WorkspaceScope | null> {
  const place = await workspaceBySlug(slug);
  return place ? new ProvenWorkspace(place, { userId: null, role: "owner", actor: "command" }) : null;
}

/** For lib/worker, lib/local and the demo seed: work that belongs to no single workspace. */
export function workerPlatformScope(): PlatformScope {
  return new ProvenPlatform({ userId: null, actor: "worker" });
}

/**
 * For the platform's own pages. The role is read for each request, so that taking it away acts at once; to everybody else these
 * pages are not there.
 */
export const requirePlatform = cache(async (): Promise<PlatformScope> => {
  const session = await currentSession();
  if (!session) return goToSignIn();
  return (await platformFor(session)) ?? pageNotFound();
});

/** The platform as the person behind this request may see it; null for everybody but its admins. */
export const platformAccess = cache(async (): Promise<PlatformScope | null> => {
  const session = await currentSession();
  return session && platformFor(session);
});

async function platformFor({ userId }: Session): Promise<PlatformScope | null> {
  const role = await platformRoleOf(userId);
  return role === "admin" ? new ProvenPlatform({ userId, actor: "user" }) : null;
}

export type MyWorkspace = { workspaceId: string; slug: string; name: string; role: Role };

/** The workspaces of the person behind this request, the longest-held first. */
export const listMyWorkspaces = cache(async (): Promise<MyWorkspace[]> => {
  const session = await currentSession();
  return session ? workspacesOf(session) : [];
});
