import "server-only";
import type { MutationResult } from "./action";
import { requestHeader, writeSessionCookie } from "./request";
import { safeReturnPath } from "./return-path";
import type { SignInInput } from "./schema";
import { cookieFor, signOut } from "./session";
import { signInWithPassword } from "./sign-in";
import { visitorFrom } from "./visitor";

/** Signs this browser in and goes on to the page that was asked for. A session it had before ends: a new person, a new key. */
export async function signInHere(input: SignInInput): Promise<MutationResult> {
  const visitor = visitorFrom(await requestHeader("x-forwarded-for"), await requestHeader("user-agent"));
  const result = await signInWithPassword(input, visitor);
  if (!result.ok) return result;
  await signOut();
  await writeSessionCookie(await cookieFor(result.sessionKey));
  return { ok: true, goTo: safeReturnPath(input.callbackUrl) };
}

export async function signOutHere(): Promise<MutationResult> {
  await signOut();
  return { ok: true, goTo: "/sign-in" };
}
