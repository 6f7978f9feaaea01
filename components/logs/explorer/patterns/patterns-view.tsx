"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { PageKeys } from "@/components/shell/page-keys";
import { patternsOptions } from "@/lib/logs/patterns/query-options";
import { patternParams } from "@/lib/logs/patterns/search-params";
import { isSettled } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { orderPatterns } from "@/lib/logs/view/pattern-order";
import { withTemplate } from "@/lib/logs/view/template-choice";
import { day } from "@/lib/time";
import { useExplorerContext } from "../explorer-context";
import {
  NoPatternFound,
  NoPatternsYet,
  NoRowToGroup,
  PatternsFailed,
  PatternsSkeleton,
} from "./pattern-states";
import { PatternTable } from "./pattern-table";
import { PatternToolbar } from "./pattern-toolbar";
import { PatternsTotal } from "./patterns-total";
import { patternKeys, usePatternKeys } from "./use-pattern-keys";

/** What the episode says, as the templates of its messages with their counts. */
export function PatternsView() {
  const { address, params, episode } = useExplorerContext();
  const [{ order, having }, setLook] = useQueryStates(patternParams, { history: "replace" });
  const [onlyNew, setOnlyNew] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { data, error, isFetching, refetch, isPlaceholderData } = useQuery(
    patternsOptions(address, params.query, isSettled(episode)),
  );
  const shown = orderPatterns(data?.patterns ?? [], { order, having }).filter(
    ({ isNew }) => isNew || !onlyNew,
  );

  const showRows = (template: string) =>
    params.set({ view: null, seq: null, ...withTemplate(params, template, "include") });
  const goTo = (sequence: string) => params.set({ view: null, template: null, without: null, seq: sequence });
  const step = (by: 1 | -1) => {
    const place = shown.findIndex(({ id }) => id === current);
    const next = shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + by))];
    if (!next) return;
    setCurrent(next.id);
    list.current
      ?.querySelectorAll("[data-pattern]")
      [shown.indexOf(next)]?.scrollIntoView({ block: "nearest" });
  };
  const now = shown.find(({ id }) => id === current);
  usePatternKeys({
    step,
    showRows: () => now && showRows(now.template),
    toggle: () => now && setOpened(opened === now.id ? null : now.id),
  });

  const body = () => {
    if (!data) {
      if (!error) return <PatternsSkeleton />;
      return <PatternsFailed error={error} retrying={isFetching} onRetry={() => void refetch()} />;
    }
    if (data.rows === 0) {
      if (!params.filtered) return <NoPatternsYet ended={episode.ended} />;
      return <NoRowToGroup note={data.note} onClear={params.clearFilters} />;
    }
    if (shown.length === 0) {
      const drop = () => {
        setOnlyNew(false);
        void setLook({ having: null });
      };
      return <NoPatternFound having={having} onlyNew={onlyNew} onDrop={drop} />;
    }
    return (
      <PatternTable
        list={data}
        shown={shown}
        order={order}
        onOrder={(next) => void setLook({ order: next })}
        opened={opened}
        onOpen={setOpened}
        current={current}
        overDays={isOverDays(episode)}
        params={params}
        onShowRows={showRows}
        onGoTo={goTo}
      />
    );
  };

  return (
    <div ref={list} className="flex min-h-full flex-col">
      <PageKeys group={patternKeys} />
      <PatternToolbar
        workspace={address.workspace}
        list={data}
        having={having}
        onHaving={(text) => void setLook({ having: text || null })}
        onlyNew={onlyNew}
        onOnlyNew={setOnlyNew}
      />
      <div className={isPlaceholderData ? "grow opacity-60" : "grow"}>{body()}</div>
      {data && data.rows > 0 && (
        <PatternsTotal list={data} without={params.without} failed={error !== null} />
      )}
    </div>
  );
}

function isOverDays({ firstAt, lastAt }: EpisodeSummary): boolean {
  return firstAt !== null && lastAt !== null && Date.parse(lastAt) - Date.parse(firstAt) > day;
}
