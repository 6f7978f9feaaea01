/** What the sign-in page says before anything is typed. Words of the URL choose a sentence; they are never shown themselves. */
export function signInNotice(
  reason: unknown,
  error: unknown,
): { tone: "warn" | "fail"; text: string } | null {
  // `error` comes from next-auth's own route.
  if (error === "CredentialsSignin") return { tone: "fail", text: "That email and password do not match." };
  if (error === "RateLimited")
    return { tone: "fail", text: "Too many attempts. Try again in a few minutes." };
  if (error !== undefined) return { tone: "fail", text: "Signing in did not work. Try again." };
  if (reason === "ended") return { tone: "warn", text: "Your session has ended. Sign in to continue." };
  return null;
}
