import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeReturnPath } from "@/lib/auth/return-path";
import { currentSession } from "@/lib/auth/session";
import { signInNotice } from "@/lib/auth/sign-in-notice";
import { demoSignIns, isDemo } from "@/lib/demo/sign-ins";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, reason, error } = await searchParams;
  const returnTo = safeReturnPath(typeof callbackUrl === "string" ? callbackUrl : null);
  if (await currentSession()) redirect(returnTo);
  return (
    <>
      <h1 className="mb-4 font-semibold text-20 text-text">Sign in</h1>
      <SignInForm
        returnTo={returnTo}
        notice={signInNotice(reason, error)}
        // Filling in a public password is for the demo alone: elsewhere the list does not even reach the browser.
        demo={isDemo() ? demoSignIns : []}
      />
    </>
  );
}
