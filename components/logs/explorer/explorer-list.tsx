"use client";

import { ListArea } from "./list-area";
import { NoMatch, NoRowsYet, SearchFailed, SearchingRows } from "./list-states";
import { RowList } from "./row-list";
import { SearchStrip } from "./search-strip";
import type { Explorer } from "./use-explorer";

/** The list, or what stands in its place while there is none. */
export function ExplorerList({ explorer }: { explorer: Explorer }) {
  const { params, rows, hits, search, newRows, scroll } = explorer;
  const { filtered } = params;
  return (
    <ListArea
      strip={filtered && <SearchStrip hits={hits} search={search} onClear={params.clearFilters} />}
      error={filtered ? null : rows.error}
      onRetry={rows.retry}
      newRows={newRows}
      onToEnd={scroll.toEnd}
    >
      <Body explorer={explorer} />
    </ListArea>
  );
}

function Body({ explorer }: { explorer: Explorer }) {
  const { address, params, episode, total, selected, filter, space, scroll, rows, hits, search } = explorer;
  if (total === 0) return <NoRowsYet ended={episode.ended} />;
  if (params.filtered && space.count === 0) {
    if (hits.rows.error) {
      return <SearchFailed error={hits.rows.error} onRetry={hits.goOn} retrying={hits.fetching} />;
    }
    if (search.status === "searching") return <SearchingRows />;
    if (search.status === "complete") {
      return (
        <NoMatch
          filter={filter}
          total={total}
          onDropText={() => params.setText("")}
          onClear={params.clearFilters}
        />
      );
    }
  }
  return (
    <RowList
      label={`Rows of ${episode.episodeId}`}
      episode={episode}
      space={space}
      rows={rows}
      scroll={scroll}
      selected={selected}
      find={params.text}
      archiveHref={`/w/${address.workspace}/archive?episode=${encodeURIComponent(address.episodeId)}`}
      linkTo={explorer.linkTo}
      onSelect={(seq) => explorer.select(seq, "nearest")}
      onStep={explorer.step}
    />
  );
}
