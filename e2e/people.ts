import { createHash, randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type { BrowserContext } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { Pool } from "pg";

/*
 * Journeys start signed in: a session is a row, so the tests insert one instead of typing a password each time.
 * `sign-in.spec.ts` is where passwords are typed.
 */

export interface Person {
  userId: string;
  email: string;
  /** Value of the session cookie. */
  cookie: string;
  sessionId: string;
}

export interface Workspace {
  id: string;
  slug: string;
  owner: Person;
  viewer: Person;
  /** An API token of the owner that may write logs. */
  token: string;
}

const pool = new Pool({ connectionString: required("DATABASE_URL"), max: 4 });

/** A workspace of its own for one test, with an owner, a viewer and a token. */
export async function makeWorkspace(): Promise<Workspace> {
  const slug = `e2e-${randomBytes(6).toString("hex")}`;
  const owner = await makePerson(`owner@${slug}.test`);
  const viewer = await makePerson(`viewer@${slug}.test`);
  const id = await insert(
    "insert into workspaces (type, name, slug, owner_id) values ('team', $1, $2, $3) returning id",
    [`Journey ${slug.slice(4, 10)}`, slug, owner.userId],
  );
  const member = "insert into memberships (workspace_id, user_id, role) values ($1, $2, $3) returning id";
  await insert(member, [id, owner.userId, "owner"]);
  await insert(member, [id, viewer.userId, "viewer"]);
  await insert(
    "insert into projects (workspace_id, name, slug, created_by) values ($1, 'Journeys', 'journeys', $2) returning id",
    [id, owner.userId],
  );
  return { id, slug, owner, viewer, token: await makeToken(id, owner.userId) };
}

async function makePerson(email: string): Promise<Person> {
  const userId = await insert("insert into users (email, display_name) values ($1, $2) returning id", [
    email,
    email.split("@")[0],
  ]);
  return { userId, email, ...(await openSession(userId)) };
}

async function openSession(userId: string): Promise<Pick<Person, "sessionId" | "cookie">> {
  const key = randomBytes(32).toString("base64url");
  const sessionId = await insert(
    "insert into sessions (key_hash, user_id, expires_at) values ($1, $2, now() + interval '1 day') returning id",
    [sha256(key), userId],
  );
  return { sessionId, cookie: await encode({ token: { key }, secret: required("NEXTAUTH_SECRET") }) };
}

/** A member with a password, for the journeys that type one. */
export async function makeSignIn(
  workspace: Workspace,
  role: string,
): Promise<{ email: string; password: string }> {
  const password = randomBytes(12).toString("base64url");
  const email = `${role}-${randomBytes(4).toString("hex")}@${workspace.slug}.test`;
  const userId = await insert(
    "insert into users (email, display_name, password_hash) values ($1, $2, $3) returning id",
    [email, role, await hash(password)],
  );
  await insert("insert into memberships (workspace_id, user_id, role) values ($1, $2, $3) returning id", [
    workspace.id,
    userId,
    role,
  ]);
  return { email, password };
}

async function makeToken(workspaceId: string, userId: string): Promise<string> {
  const token = `strata_${randomBytes(32).toString("base64url")}`;
  await insert(
    `insert into api_tokens (workspace_id, name, prefix, token_hash, scopes, created_by, expires_at)
     values ($1, 'journey', $2, $3, $4, $5, now() + interval '1 day') returning id`,
    [workspaceId, token.slice(0, 12), sha256(token), ["logs:write", "logs:read", "tasks:work"], userId],
  );
  return token;
}

/** Signs one of the demo's people in: `owner`, `viewer` … of the workspace `demo`. */
export async function signInToDemo(
  context: BrowserContext,
  baseURL: string | undefined,
  who: string,
): Promise<void> {
  const { rows } = await pool.query<{ id: string }>("select id from users where email = $1", [
    `${who}@demo.strata.local`,
  ]);
  if (!rows[0]) throw new Error(`The demo has no ${who}. \`npm test\` seeds it.`);
  const { cookie } = await openSession(rows[0].id);
  await context.addCookies([
    { name: "strata.session", value: cookie, url: baseURL, httpOnly: true, sameSite: "Lax" },
  ]);
}

/** Ends a session behind its owner's back, as an administrator would. */
export async function revokeSession(person: Person): Promise<void> {
  await pool.query("update sessions set revoked_at = now() where id = $1", [person.sessionId]);
}

export async function setRole(workspace: Workspace, person: Person, role: string): Promise<void> {
  await pool.query("update memberships set role = $1 where workspace_id = $2 and user_id = $3", [
    role,
    workspace.id,
    person.userId,
  ]);
}

/** Gives a person the platform's role, as its operator does. */
export async function makePlatformAdmin(person: Person): Promise<void> {
  await pool.query("update users set platform_role = 'admin' where id = $1", [person.userId]);
}

export async function closePeople(): Promise<void> {
  await pool.end();
}

async function insert(statement: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(statement, values);
  if (!rows[0]) throw new Error(`No row came back from: ${statement}`);
  return rows[0].id;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm test\` starts the stores and sets it.`);
  return value;
}
