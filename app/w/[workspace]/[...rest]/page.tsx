import { notFound } from "next/navigation";
import { requireWorkspace } from "@/lib/auth/access";

/** An address that no page of the workspace has: said inside the shell, to members only. */
export default async function UnknownPage({ params }: { params: Promise<{ workspace: string }> }) {
  await requireWorkspace((await params).workspace, "workspace:read");
  notFound();
}
