import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { IdText } from "@/components/ui/id-text";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { ArchiveProof, ProofDeletion } from "@/lib/archive/schema";
import { formatBytes, formatCount, formatInstant, formatPlural } from "@/lib/format";

interface ProofProps {
  workspace: string;
  episodeId: string;
  proof: ArchiveProof | null;
}

/** What can be said for the archive of an episode, and the command by which anybody can check it without us. */
export function Proof({ workspace, episodeId, proof }: ProofProps) {
  return (
    <section aria-labelledby="proof-heading">
      <div className="flex h-9 items-center gap-2 border-line border-b">
        <h2 id="proof-heading" className="font-semibold">
          Proof
        </h2>
        {proof?.checkedSince && (
          <span className="ml-auto text-text-3">
            all read since <Time at={proof.checkedSince} />
          </span>
        )}
      </div>
      {proof ? (
        <ProofCard workspace={workspace} episodeId={episodeId} proof={proof} />
      ) : (
        <p className="py-3 text-12 text-text-2">
          Nothing of this episode is archived, so there is nothing to prove yet.
        </p>
      )}
    </section>
  );
}

function ProofCard({ workspace, episodeId, proof }: ProofProps & { proof: ArchiveProof }) {
  const { chunks, validChunks, rows, unreadableRows, head, brokenAt, manifest, command } = proof;
  const whole = validChunks === chunks;
  return (
    <div className={cn("mt-3 rounded-2 border px-4 py-3", whole ? "border-ok-line" : "border-fail-line")}>
      <p className={cn("flex items-center gap-1.5 font-semibold", whole ? "text-ok-text" : "text-fail-text")}>
        <StatusGlyph tone={whole ? "ok" : "fail"} />
        {whole ? "Provable" : "Not provable"}
      </p>
      <p className="mt-1 text-15 font-medium">
        {formatCount(validChunks)} of {formatPlural(chunks, "chunk")} valid,{" "}
        {unreadableRows > 0
          ? `${formatCount(unreadableRows)} of ${formatCount(rows)} rows cannot be read`
          : `${whole ? "" : "all "}${formatCount(rows)} rows${whole ? "" : " can be read"}`}
      </p>
      <dl className="mt-2 grid grid-cols-[84px_minmax(0,1fr)] gap-x-2 text-12">
        <Row name="Chain head">
          <IdText id={head} name="chain head" head={8} tail={6} />
          {brokenAt !== null && <span className="text-fail-text">, broken at {formatCount(brokenAt)}</span>}
        </Row>
        <Row name="Manifest">
          {formatPlural(chunks, "entry", "entries")}, {formatBytes(manifest.bytes)}
        </Row>
        <Row name="Deletion">
          <Deletion deletion={proof.deletion} />
        </Row>
      </dl>
      <p className="mt-2 mb-1.5 text-12 text-text-2">
        To check it without this page, save the manifest and run, with access to the objects:
      </p>
      <pre className="max-h-40 overflow-y-auto whitespace-pre-wrap rounded-1 border border-line bg-canvas px-2 py-1.5 text-text-2 leading-4.5 [overflow-wrap:anywhere]">
        {command}
        {"\n"}
        <span className="text-text-3"># want {rows} and no FAILED</span>
      </pre>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button asChild size="sm">
          <a href={`/api/w/${workspace}/logs/${encodeURIComponent(episodeId)}/manifest`} download="">
            <Download size={13} aria-hidden="true" />
            Manifest
          </a>
        </Button>
        <span className="inline-flex items-center text-12 text-text-2">
          <CopyButton text={command} label="Copy the check command" />
          Check command
        </span>
      </div>
    </div>
  );
}

/** What may take chunks away, and what forbids it: a hold is the first thing to say. */
function Deletion({ deletion: { hold, marked, keptDays } }: { deletion: ProofDeletion }) {
  if (hold) {
    return (
      <>
        <span className="font-medium">blocked by a hold</span>
        {hold.ofWorkspace && " on the workspace"}: {hold.reason}
      </>
    );
  }
  if (marked) {
    return (
      <span className="text-warn-text">
        {formatPlural(marked.chunks, "chunk")} from {formatInstant(marked.first)}
      </span>
    );
  }
  if (keptDays === null) return "never, no retention is set";
  return `${formatPlural(keptDays, "day")} after a chunk was archived`;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
