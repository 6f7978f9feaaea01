import Link from "next/link";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing yet: what will stand here, and the two ways to bring it about. */
export function NoEpisodes({ workspace }: { workspace: string }) {
  const command = `npm run import -- logs events.ndjson --episode first-log --workspace ${workspace}`;
  const request =
    'curl "$STRATA_URL/api/v1/logs?episode=first-log" -H "Authorization: Bearer $STRATA_TOKEN" --data-binary @events.ndjson';
  return (
    <EmptyState title="No logs in this workspace yet">
      <p>
        Every task of a run writes its own episode, so a run brings the first ones. Logs of other programs
        come in as lines of JSON, from a file or over HTTP:
      </p>
      <Command text={command} label="Copy the import command" />
      <Command text={request} label="Copy the request" />
    </EmptyState>
  );
}

export function NoMatchingEpisodes({ search, href }: { search: string; href: string }) {
  return (
    <EmptyState
      title={
        search
          ? `No stream that these filters keep has “${search}” in its name`
          : "No stream matches these filters"
      }
      actions={
        <Button asChild>
          <Link href={href}>Clear the filters</Link>
        </Button>
      }
    >
      <p>Streams are found by a part of their name, in any case. Filters keep what meets all of them.</p>
    </EmptyState>
  );
}

function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2 rounded-1 border border-line bg-canvas px-2 py-1.5">
      <code className="min-w-0 grow text-text [overflow-wrap:anywhere]">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
