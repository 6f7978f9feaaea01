import type { ReactNode } from "react";
import { attentionBadges } from "@/components/home/attention-badges";
import { WorkspacePalette } from "@/components/home/workspace-palette";
import { AppShell } from "@/components/shell/app-shell";
import { listMyWorkspaces, platformAccess, requireWorkspace } from "@/lib/auth/access";
import { signOutAction } from "@/lib/auth/actions";
import { can } from "@/lib/auth/roles";
import { requireSession } from "@/lib/auth/session";

interface WorkspaceLayoutProps {
  params: Promise<{ workspace: string }>;
  children: ReactNode;
}

/** Draws the shell. Not a guard: it does not run again on every navigation, so each page proves its own scope. */
export default async function WorkspaceLayout({ params, children }: WorkspaceLayoutProps) {
  const { workspace: slug } = await params;
  const scope = await requireWorkspace(slug, "workspace:read");
  const [session, workspaces, platform] = await Promise.all([
    requireSession(),
    listMyWorkspaces(),
    platformAccess(),
  ]);
  return (
    <AppShell
      facts={{
        workspace: { slug: scope.workspaceSlug, name: scope.workspaceName },
        workspaces: workspaces.map(({ slug: key, name, role }) => ({ slug: key, name, role })),
        person: { name: session.displayName, email: session.email },
        canConfigure: can(scope, "redaction:read"),
        isPlatformAdmin: platform !== null,
        badges: attentionBadges(scope.workspaceSlug),
        signOut: signOutAction.bind(null, null),
      }}
      palette={<WorkspacePalette />}
    >
      {children}
    </AppShell>
  );
}
