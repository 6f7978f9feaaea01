import type { ReactNode } from "react";
import { attentionBadges } from "@/components/home/attention-badges";
import { WorkspacePalette } from "@/components/home/workspace-palette";
import { AppShell } from "@/components/shell/app-shell";
import { listMyWorkspaces, requirePlatform } from "@/lib/auth/access";
import { signOutAction } from "@/lib/auth/actions";
import { requireSession } from "@/lib/auth/session";

/**
 * The same shell as in a workspace, so that an admin comes and goes between the two: beside the platform's pages stand those of
 * the workspace they have been in for longest. Not the guard: each page proves its own scope.
 */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requirePlatform();
  const [session, workspaces] = await Promise.all([requireSession(), listMyWorkspaces()]);
  const [home] = workspaces;
  return (
    <AppShell
      facts={{
        workspace: home ? { slug: home.slug, name: home.name } : null,
        workspaces: workspaces.map(({ slug, name, role }) => ({ slug, name, role })),
        person: { name: session.displayName, email: session.email },
        canConfigure: home?.role === "owner" || home?.role === "admin",
        isPlatformAdmin: true,
        badges: home && attentionBadges(home.slug),
        signOut: signOutAction.bind(null, null),
      }}
      palette={<WorkspacePalette />}
    >
      {children}
    </AppShell>
  );
}
