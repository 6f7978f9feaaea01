import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ArchiveChunk } from "@/lib/archive/schema";
import { formatCount, formatPlural } from "@/lib/format";

/** What can be said for the archive of an episode, and the command by which anybody can check it without us. */
export function Proof({ chunk, chunks }: { chunk: ArchiveChunk; chunks: readonly ArchiveChunk[] }) {
  const bad = chunks.filter((one) => one.state !== "verified");
  const rowsOf = (some: readonly ArchiveChunk[]) => some.reduce((sum, one) => sum + one.rows, 0);
  const lost = bad.reduce((sum, one) => sum + one.unreadableRows, 0);
  const whole = bad.length === 0;
  const folder = chunk.key.slice(0, chunk.key.lastIndexOf("/"));
  const file = chunk.key.slice(folder.length + 1);
  const command = `cd "$OBJECT_STORE_DIR/${folder}"\nsha256sum ${file}\nzcat ${file} | wc -l`;
  return (
    <section
      aria-label="Proof"
      className={cn(
        "mt-3 self-start rounded-2 border px-4 py-3",
        whole ? "border-ok-line" : "border-fail-line",
      )}
    >
      <p className={cn("flex items-center gap-1.5 font-semibold", whole ? "text-ok-text" : "text-fail-text")}>
        <StatusGlyph tone={whole ? "ok" : "fail"} />
        {whole ? "Provable" : "Not provable"}
      </p>
      <p className="mt-1 text-15 font-medium">
        {formatCount(chunks.length - bad.length)} of {formatPlural(chunks.length, "chunk")} valid,{" "}
        {whole
          ? `${formatCount(rowsOf(chunks))} rows`
          : lost > 0
            ? `up to ${formatCount(lost)} of ${formatCount(rowsOf(chunks))} rows cannot be read`
            : `all ${formatCount(rowsOf(chunks))} rows can be read`}
      </p>
      <p className="mt-1 mb-2 text-12 text-text-2">
        Each file was read back and compared before a row left the live store. To check chunk{" "}
        {formatCount(chunk.chunkNumber)} yourself, where the object store lies:
      </p>
      <div className="flex items-start gap-2 rounded-1 border border-line bg-canvas px-2 py-1.5">
        <pre className="min-w-0 grow whitespace-pre-wrap text-text-2 leading-4.5 [overflow-wrap:anywhere]">
          {command}
          {"\n"}
          <span className="text-text-3">
            # want {chunk.sha256}, {formatPlural(chunk.rows, "line")}
          </span>
        </pre>
        <CopyButton text={command} label="Copy the check command" />
      </div>
    </section>
  );
}
