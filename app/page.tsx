import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { StrataMark } from "@/components/auth/strata-mark";
import { listMyWorkspaces } from "@/lib/auth/access";
import { requireSession } from "@/lib/auth/session";

export default async function StartPage() {
  const session = await requireSession();
  const [first] = await listMyWorkspaces();
  if (first) redirect(`/w/${first.slug}`);
  return (
    <main className="mx-auto max-w-[440px] px-4 py-12">
      <StrataMark />
      <h1 className="mt-4 font-semibold text-15 text-text">No workspace yet</h1>
      <p className="mt-2 text-text-2">
        You are signed in as {session.email}, and no workspace has you as a member. Once somebody invites you,
        this page leads there.
      </p>
      <div className="mt-4">
        <SignOutButton />
      </div>
    </main>
  );
}
