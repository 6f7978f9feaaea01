"use client";

import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import { chunkStates, type StripCell } from "@/lib/archive/schema";
import { archiveParams } from "@/lib/archive/search-params";
import { foldCells } from "@/lib/archive/strip-cells";
import { formatCount } from "@/lib/format";
import { ChunkDetail } from "../chunk-detail";
import { CellLines, type StripItem } from "./cell-lines";
import { HoverCard } from "./hover-card";
import { StripLegend } from "./strip-legend";

interface ChunksProps {
  workspace: string;
  episodeId: string;
  cells: readonly StripCell[];
  /** More chunks than are drawn. */
  cut: boolean;
  rights: ArchiveRights;
}

/** Three lines of about 80; a longer strip folds neighbours into one cell and opens the chosen ones below. */
const perLine = 80;
const mostItems = 3 * perLine;

/** The archive of an episode from its first row to its last: one cell for each chunk, as wide as its rows. */
export function Chunks({ workspace, episodeId, cells, cut, rights }: ChunksProps) {
  const [params, setParams] = useQueryStates(archiveParams, { history: "replace" });
  const [pointed, setPointed] = useState<{ item: StripItem; x: number } | null>(null);
  const chosen = chosenCell(cells, params.chunk);
  const groups = foldCells(cells, mostItems);
  const folded = cells.length > mostItems;
  const items = groups.map((group, at) => toItem(group, at));
  const here = chosen === null ? -1 : groups.findIndex((group) => group.cells.includes(chosen));
  const opened = folded && here >= 0 ? (groups[here]?.cells ?? []) : [];
  const choose = (cell: StripCell) => {
    if (cell.kind === "chunk") void setParams({ chunk: cell.chunkNumber });
  };
  return (
    <>
      <div className="relative">
        <CellLines
          label="Chunks, oldest first; the arrow keys move between them"
          items={items}
          perLine={perLine}
          chosen={here}
          onChoose={(at) => choose(worstOf(groups[at]?.cells ?? []))}
          onPoint={setPointed}
        />
        {opened.length > 0 && (
          <div className="mt-2 border-line border-t pt-1">
            <p className="text-11 text-text-3">
              {formatCount(groups[0]?.cells.length ?? 1)} chunks to a cell; the chosen ones:
            </p>
            <CellLines
              label="Chunks of the chosen cell"
              items={opened.map((cell, at) => toItem({ cells: [cell], state: stateOf(cell) }, at))}
              perLine={perLine}
              chosen={chosen ? opened.indexOf(chosen) : -1}
              onChoose={(at) => opened[at] && choose(opened[at])}
              onPoint={setPointed}
            />
          </div>
        )}
        {pointed && <HoverCard workspace={workspace} episodeId={episodeId} {...pointed} />}
      </div>
      <StripLegend cells={cells} cut={cut} />
      {chosen && (
        <ChunkDetail
          workspace={workspace}
          episodeId={episodeId}
          chunkNumber={chosen.chunkNumber}
          rights={rights}
          onStep={(step) => {
            const chunks = cells.filter((cell) => cell.kind === "chunk");
            const next = chunks[chunks.indexOf(chosen) + step];
            if (next) choose(next);
          }}
        />
      )}
    </>
  );
}

type ChunkCell = Extract<StripCell, { kind: "chunk" }>;

/** The one that the link names; otherwise the first that is wrong, otherwise the newest. */
function chosenCell(cells: readonly StripCell[], asked: number | null): ChunkCell | null {
  const chunks = cells.filter((cell): cell is ChunkCell => cell.kind === "chunk");
  return (
    chunks.find(({ chunkNumber }) => chunkNumber === asked) ??
    chunks.find(({ state }) => state === "missing" || state === "damaged") ??
    chunks.at(-1) ??
    null
  );
}

function worstOf(cells: readonly StripCell[]): StripCell {
  const rank = (cell: StripCell) =>
    cell.kind === "chunk" ? chunkStates.indexOf(cell.state) : chunkStates.length;
  const [worst] = [...cells].sort((a, b) => rank(a) - rank(b));
  return worst ?? { kind: "hole", from: 0, to: 0 };
}

function stateOf(cell: StripCell): StripItem["state"] {
  return cell.kind === "hole" ? "hole" : cell.state;
}

function toItem({ cells, state }: Pick<StripItem, "cells" | "state">, at: number): StripItem {
  return { key: at, cells, state };
}
