"use client";

import { ListHead } from "./list/list-head";
import { RangeBar } from "./list/range-bar";
import { ListArea } from "./list-area";
import { CostlySearch, NoMatch, NoRowsYet, SearchFailed, SearchingRows, StoppedSearch } from "./list-states";
import { RowList } from "./row-list";
import { FindBar } from "./search/find-bar";
import { SearchStrip } from "./search/search-strip";
import type { Explorer } from "./use-explorer";

/** The list, or what stands in its place while there is none. */
export function ExplorerList({ explorer }: { explorer: Explorer }) {
  const { params, rows, newRows, scroll, find } = explorer;
  return (
    <ListArea
      strip={
        <>
          {params.asked.filtered && <SearchStrip />}
          {find.open && <FindBar />}
          <ListHead explorer={explorer} />
        </>
      }
      error={rows.error}
      onRetry={rows.retry}
      newRows={newRows}
      onToEnd={scroll.toEnd}
    >
      <Body explorer={explorer} />
      <RangeBar list={explorer.list} />
    </ListArea>
  );
}

function Body({ explorer }: { explorer: Explorer }) {
  const { params, episode, total, space } = explorer;
  if (total === 0) return <NoRowsYet ended={episode.ended} />;
  if (params.filtered && space.count === 0) return <NoHits explorer={explorer} />;
  if (params.filtered && explorer.hitPlace === "nowhere") return <SearchingRows />;
  return <RowList explorer={explorer} find={explorer.marks} />;
}

/** Where a search has found nothing, or nothing yet. */
function NoHits({ explorer: { run } }: { explorer: Explorer }) {
  switch (run.status) {
    case "complete":
      return <NoMatch />;
    case "failed":
      return <SearchFailed />;
    case "costly":
      return <CostlySearch />;
    case "stopped":
      return <StoppedSearch />;
    default:
      return <SearchingRows />;
  }
}
