import { env } from "@/lib/env";

/**
 * Stands for lib/auth/request.ts in tests: Next's request as a plain object, its interrupts as errors that name what would happen.
 *   vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
 */
type Incoming = { cookie?: string; headers: Record<string, string> };

let incoming: Incoming = { headers: {} };
export const refreshed: string[] = [];

/** The next request: who sends it, from where. By default from our own page. */
export function arrive(cookie?: string, headers: Record<string, string> = {}): void {
  incoming = { cookie, headers: { origin: env().NEXTAUTH_URL, ...headers } };
  refreshed.length = 0;
}

/** The cookie that the browser would hold now. */
export const heldCookie = () => incoming.cookie;

export class Interrupt extends Error {
  constructor(
    readonly kind: "redirect" | "not_found" | "forbidden",
    readonly to?: string,
  ) {
    super(to ? `${kind} ${to}` : kind);
  }
}

export const requestHeader = async (name: string) => incoming.headers[name] ?? null;
export const readSessionCookie = async () => incoming.cookie;
export const writeSessionCookie = async (value: string) => {
  incoming.cookie = value;
};
export const clearSessionCookie = async () => {
  incoming.cookie = undefined;
};
export const goTo = async (path: string): Promise<never> => {
  throw new Interrupt("redirect", path);
};
export const goToSignIn = (): Promise<never> => goTo("/sign-in");
export const pageNotFound = async (): Promise<never> => {
  throw new Interrupt("not_found");
};
export const pageForbidden = async (): Promise<never> => {
  throw new Interrupt("forbidden");
};
export const rethrowNavigation = async (error: unknown) => {
  if (error instanceof Interrupt) throw error;
};
export const refreshPath = async (path: string) => {
  refreshed.push(path);
};
