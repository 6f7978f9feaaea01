import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import { explorerSearch } from "@/lib/logs/search-params";
import type { PairTemplates, RunComparison, TaskPair } from "@/lib/runs/compare/schema";
import type { RunVerdict } from "@/lib/runs/compare/verdict";
import { divergenceWords, tellingSide } from "@/lib/runs/compare/words";
import { shortTaskName } from "@/lib/runs/task-name";

interface DivergenceStripProps {
  workspace: string;
  comparison: RunComparison;
  verdict: RunVerdict;
  templates: ReadonlyMap<string, PairTemplates>;
}

/** Where the runs part, in one sentence, and one click from its evidence. */
export function DivergenceStrip({ workspace, comparison, verdict, templates }: DivergenceStripProps) {
  const { first, waiting } = verdict;
  const failed = first?.a?.status === "failed" || first?.b?.status === "failed";
  const total = comparison.tasks.length;
  return (
    <div
      className={cn(
        "flex min-h-10 shrink-0 items-center gap-2 border-line border-b px-4 py-1 max-md:flex-wrap max-md:px-3",
        failed && "border-fail-line bg-fail-tint",
      )}
    >
      <StatusGlyph
        tone={first ? (failed ? "fail" : "warn") : waiting > 0 ? "run" : "ok"}
        shape={!first && waiting > 0 ? "turning" : undefined}
      />
      <p role="status" className="min-w-0 grow max-md:basis-3/4">
        {first ? (
          <>
            <b className={cn("font-semibold", failed && "text-fail-text")}>First divergence</b>{" "}
            <span className="mono font-medium">{shortTaskName(first.name, first.key)}</span>:{" "}
            {divergenceWords(first, templates.get(first.key))}.
          </>
        ) : waiting > 0 ? (
          <>
            No task ended otherwise. Logs compared of {formatCount(total - waiting)} of{" "}
            {formatPlural(total, "task")}.
          </>
        ) : (
          "No task ended otherwise, and no log says something else."
        )}
      </p>
      {first && <Evidence workspace={workspace} comparison={comparison} first={first} />}
    </div>
  );
}

function Evidence({
  workspace,
  comparison: { a, b },
  first,
}: Pick<DivergenceStripProps, "workspace" | "comparison"> & { first: TaskPair }) {
  const [logA, logB] = [first.a?.episodeId, first.b?.episodeId];
  const [side, run, task] =
    tellingSide(first) === "a" ? (["A", a, first.a] as const) : (["B", b, first.b] as const);
  return (
    <span className="flex shrink-0 gap-2 max-md:pl-5">
      {task && (
        <Button asChild>
          <Link href={`/w/${workspace}/runs/${run.id}?task=${encodeURIComponent(task.taskId)}`}>
            Open task in {side}
          </Link>
        </Button>
      )}
      {logA && logB && (
        <Button asChild variant="primary">
          <Link
            href={`/w/${workspace}/logs/${encodeURIComponent(logA)}${explorerSearch({ view: "compare", with: logB })}`}
          >
            Compare its logs
          </Link>
        </Button>
      )}
    </span>
  );
}
