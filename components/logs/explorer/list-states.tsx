"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatPlural } from "@/lib/format";
import { rowCountOptions } from "@/lib/logs/query-options";
import { isCounted } from "@/lib/logs/view/search-run";
import { bytesAhead } from "@/lib/logs/view/search-sentence";
import { useExplorerContext } from "./explorer-context";
import { type QueryChipModel, useQueryChips } from "./query/use-query-chips";

/** Until the first row is found: the same lines that will hold it. */
export function SearchingRows() {
  return (
    <div aria-hidden="true" className="flex h-full flex-col overflow-hidden">
      {skeletonWidths.map(({ line, width }) => (
        <span key={line} className="flex h-5 shrink-0 items-center gap-6 pl-5">
          <Skeleton className="w-10 max-md:hidden" />
          <Skeleton className="w-18" />
          <span className="h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
        </span>
      ))}
    </div>
  );
}
const skeletonWidths = Array.from({ length: 40 }, (_, line) => ({ line, width: 25 + ((line * 37) % 55) }));

export function SearchFailed() {
  const { run, search } = useExplorerContext();
  return (
    <FailedState
      title="Rows cannot be searched"
      requestId={run.failure?.requestId ?? null}
      onRetry={search.goOn}
      retrying={false}
    >
      <p>{run.failure?.message} Nothing was found so far, and nothing is lost.</p>
    </FailedState>
  );
}

/** Reading that much is not begun unasked. */
export function CostlySearch() {
  const { run, search, params } = useExplorerContext();
  return (
    <EmptyState
      title={`This search reads ${bytesAhead(run)} of the archive`}
      actions={
        <>
          <Button onClick={search.goOn}>Read {bytesAhead(run)}</Button>
          <Button variant="ghost" onClick={params.clearFilters}>
            Clear filter
          </Button>
        </>
      }
    >
      <p>
        {formatPlural(run.chunksToRead, "chunk")} may hold hits. A time range or a level makes it less; a
        whole word lets chunks without it be left unread.
      </p>
    </EmptyState>
  );
}

/** Stopped before anything was found. */
export function StoppedSearch() {
  const { run, search, total } = useExplorerContext();
  const looked = Math.max(0, total - Number(run.backTo?.seq ?? total));
  return (
    <EmptyState title="Stopped before a hit" actions={<Button onClick={search.goOn}>Continue</Button>}>
      <p>
        The newest {formatPlural(looked, "row")} of {formatCount(total)} were looked at.
      </p>
    </EmptyState>
  );
}

export function NoRowsYet({ ended }: { ended: boolean }) {
  return (
    <EmptyState title="No rows written so far">
      <p>
        {ended
          ? "This episode ended without a row."
          : "Rows appear here as soon as its producer writes them."}
      </p>
    </EmptyState>
  );
}

/** What was asked for, part by part, each with a way to drop it. */
export function NoMatch() {
  const { params, total } = useExplorerContext();
  const chips = useQueryChips();
  const one = chips.length === 1;
  return (
    <EmptyState
      title={one ? "No rows match this filter" : `No rows match these ${chips.length} filters`}
      actions={
        <Button variant={one ? "default" : "ghost"} onClick={params.clearFilters}>
          {one ? "Clear filter" : `Clear all ${chips.length}`}
        </Button>
      }
    >
      <p>All {formatPlural(total, "row")} were looked at; none of them is what is asked for:</p>
      <ul className="flex flex-col gap-1">
        {chips.map((chip) => (
          <li key={chip.id} className="flex min-h-6 min-w-0 items-center gap-2">
            <span className="min-w-0 truncate">
              {chip.name} {chip.op} <b className="font-semibold text-text">{chip.value}</b>
            </span>
            {!one && <DropOffer chip={chip} />}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}

/** What is left without it is said where counting is enough to know. */
function DropOffer({ chip }: { chip: QueryChipModel }) {
  const { address } = useExplorerContext();
  const { data } = useQuery({ ...rowCountOptions(address, chip.rest), enabled: isCounted(chip.rest) });
  return (
    <>
      <Button
        size="sm"
        className="shrink-0"
        onClick={chip.drop}
        aria-label={`Drop ${chip.name} ${chip.op} ${chip.value}`}
      >
        Drop it
      </Button>
      {data?.exact && (
        <span className="shrink-0 text-12 text-text-3">without it {formatPlural(data.total, "row")}</span>
      )}
    </>
  );
}
