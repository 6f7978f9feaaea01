import "server-only";
import { env } from "@/lib/env";
import { sessionCookie } from "./cookie";
import { pathHeader } from "./headers";
import { safeReturnPath, signInPath } from "./return-path";

/*
 * The only file of lib/auth that touches Next's request. Its modules are loaded when they are used: the worker and the
 * commands load lib/auth in plain Node, where next/navigation cannot even be evaluated; the tests replace this one file.
 */

export async function requestHeader(name: string): Promise<string | null> {
  const { headers } = await import("next/headers");
  return (await headers()).get(name);
}

export async function readSessionCookie(): Promise<string | undefined> {
  const { cookies } = await import("next/headers");
  return (await cookies()).get(sessionCookie(env().NEXTAUTH_URL).name)?.value;
}

export async function writeSessionCookie(value: string): Promise<void> {
  const { cookies } = await import("next/headers");
  const { name, options } = sessionCookie(env().NEXTAUTH_URL);
  (await cookies()).set(name, value, options);
}

export async function clearSessionCookie(): Promise<void> {
  const { cookies } = await import("next/headers");
  const { name, options } = sessionCookie(env().NEXTAUTH_URL);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

export async function goTo(path: string): Promise<never> {
  const { redirect } = await import("next/navigation");
  return redirect(path);
}

/** To the sign-in page and, after it, back to the page that was asked for. */
export async function goToSignIn(): Promise<never> {
  const asked = safeReturnPath(await requestHeader(pathHeader));
  return goTo(signInPath(asked, (await readSessionCookie()) !== undefined));
}

export async function pageNotFound(): Promise<never> {
  const { notFound } = await import("next/navigation");
  return notFound();
}

export async function pageForbidden(): Promise<never> {
  const { forbidden } = await import("next/navigation");
  return forbidden();
}

/** redirect(), notFound() and the like travel as errors; they are not failures and must go on to Next. */
export async function rethrowNavigation(error: unknown): Promise<void> {
  const { unstable_rethrow } = await import("next/navigation");
  unstable_rethrow(error);
}

/** Makes the pages beneath a path read again; the page that called the action is drawn anew with the answer. */
export async function refreshPath(path: string): Promise<void> {
  const { revalidatePath } = await import("next/cache");
  revalidatePath(path, "layout");
}
