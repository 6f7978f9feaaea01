import type { Metadata } from "next";
import { Limits } from "@/components/log-settings/limits";
import { RuleForm } from "@/components/log-settings/rule-form";
import { RuleList } from "@/components/log-settings/rule-list";
import { TryLine } from "@/components/log-settings/try-line";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { formatCount } from "@/lib/format";
import { burstSeconds } from "@/lib/logs/admission";
import { ingestLimits } from "@/lib/logs/ingest-settings";
import { maxLineBytes } from "@/lib/logs/ingest-stream";
import { maxBodyBytes } from "@/lib/logs/receive";
import { listRedactionRules } from "@/lib/logs/redaction/queries";

export const metadata: Metadata = { title: "Log settings" };

interface LogSettingsPageProps {
  params: Promise<{ workspace: string }>;
}

export default async function LogSettingsPage({ params }: LogSettingsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "redaction:read");
  const [rows, limits] = await Promise.all([listRedactionRules(scope), ingestLimits(scope)]);
  const rules = rows.map((rule) => ({ ...rule, updatedAt: rule.updatedAt.toISOString() }));
  const workspace = scope.workspaceSlug;
  const canWrite = can(scope, "redaction:write");
  const addRule = canWrite && (
    <RuleForm workspace={workspace}>
      <Button variant="primary">Add rule</Button>
    </RuleForm>
  );
  return (
    <Page
      breadcrumb={[{ label: "Settings" }, { label: "Log settings" }]}
      actions={addRule}
      className="flex flex-col gap-8 px-6 pb-12 max-md:px-4"
    >
      <Panel title="Redaction rules" count={rules.length > 0 ? formatCount(rules.length) : undefined}>
        {rules.length > 0 ? (
          <RuleList workspace={workspace} rules={rules} canWrite={canWrite} />
        ) : (
          <EmptyState title="Nothing is masked" className="px-0 max-md:px-0">
            A rule masks what its pattern matches before a log entry is stored, in the live store and in the
            archive alike. Masked text cannot be had back.
          </EmptyState>
        )}
      </Panel>
      <TryLine workspace={workspace} />
      <Limits
        {...limits}
        burstSeconds={burstSeconds}
        maxBodyBytes={maxBodyBytes}
        maxLineBytes={maxLineBytes}
      />
    </Page>
  );
}
