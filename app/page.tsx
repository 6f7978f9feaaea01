import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { OutsidePage } from "@/components/shell/outside-page";
import { listMyWorkspaces } from "@/lib/auth/access";
import { requireSession } from "@/lib/auth/session";

/** The address alone leads to the workspace that the person has been a member of the longest. */
export default async function StartPage() {
  const session = await requireSession();
  const [first] = await listMyWorkspaces();
  if (first) redirect(`/w/${first.slug}`);
  return (
    <OutsidePage title="No workspace yet" actions={<SignOutButton />}>
      <p>You are signed in as {session.email}, and no workspace has you as a member.</p>
      <p>Once somebody invites you, this page leads there.</p>
    </OutsidePage>
  );
}
