"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Notice } from "@/components/ui/notice";
import { comparisonChoicesOptions, comparisonOptions } from "@/lib/logs/compare/query-options";
import type { Comparison } from "@/lib/logs/compare/schema";
import { explorerSearch } from "@/lib/logs/search-params";
import { useExplorerContext } from "../explorer/explorer-context";
import { CompareHead } from "./compare-head";
import { CompareFailed, Comparing, compareWarning } from "./compare-states";
import { DivergenceLine } from "./divergence-line";
import { SideBySide } from "./side-by-side";
import { Choices } from "./side-picker";
import { TemplateColumns } from "./template-columns";

/** This episode beside another one: by what both say, or line by line. */
export function CompareView() {
  const { address, params, total } = useExplorerContext();
  const { with: other, at } = params;
  const router = useRouter();
  const choices = useQuery({ ...comparisonChoicesOptions(address, ""), enabled: other === null });
  const suggested = choices.data?.suggested ?? null;
  // The link names both, so that it shows the same to somebody else after the next run.
  useEffect(() => {
    if (other === null && suggested !== null) params.set({ with: suggested });
  }, [other, suggested, params]);
  const result = useQuery({ ...comparisonOptions(address, other ?? ""), enabled: other !== null });
  const comparison = result.data;

  const choose = (episodeId: string) => params.set({ with: episodeId, at: null });
  const swap = () => {
    if (other === null) return;
    const search = { view: "compare", with: address.episodeId, at: at && { a: at.b, b: at.a } } as const;
    router.push(`/w/${address.workspace}/logs/${encodeURIComponent(other)}${explorerSearch(search)}`);
  };
  const warning = comparison && compareWarning(comparison);
  return (
    <div className="flex min-h-0 grow flex-col">
      <CompareHead
        address={address}
        a={comparison?.a ?? { episodeId: address.episodeId, task: null }}
        b={comparison?.b ?? (other === null ? null : { episodeId: other, task: null })}
        look={at ? "rows" : "templates"}
        onLook={(look) => params.set({ at: look === "rows" ? { a: 0, b: 0 } : null })}
        onChoose={choose}
        onSwap={swap}
      />
      {warning && (
        <Notice tone="warn" className="shrink-0 border-t-0 px-3">
          {warning}
        </Notice>
      )}
      {other === null && choices.data && !suggested && <NothingChosen onChoose={choose} />}
      {!comparison && !result.error && (other !== null || suggested !== null || choices.isPending) && (
        <Comparing rows={total} />
      )}
      {result.error && !comparison && (
        <CompareFailed
          error={result.error}
          onRetry={() => void result.refetch()}
          retrying={result.isFetching}
        />
      )}
      {comparison && <Compared comparison={comparison} />}
    </div>
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const { address, params } = useExplorerContext();
  const { a, b, divergence } = comparison;
  const jump = () =>
    params.set({
      at: {
        a: Number(divergence.a?.sequence ?? a.nextSequenceNumber),
        b: Number(divergence.b?.sequence ?? b.nextSequenceNumber),
      },
    });
  return (
    <>
      <DivergenceLine comparison={comparison} onJump={jump} />
      {params.at ? (
        <SideBySide
          key={`${params.at.a}.${params.at.b}`}
          workspace={address.workspace}
          comparison={comparison}
          at={params.at}
          onPlace={(at) => params.set({ at })}
        />
      ) : (
        <TemplateColumns workspace={address.workspace} comparison={comparison} />
      )}
    </>
  );
}

/** No task wrote this episode, or no other run has its like: somebody has to say what to compare with. */
function NothingChosen({ onChoose }: { onChoose: (episodeId: string) => void }) {
  const { address } = useExplorerContext();
  return (
    <div className="max-w-160 px-3 py-4">
      <h2 className="mb-1 px-1 font-semibold text-15">Compare with which log?</h2>
      <p className="mb-3 px-1 text-text-2">
        Both are compared by what they say, whatever their values and times: what only one of them says, what
        one says more often, and the row at which they part.
      </p>
      <div className="rounded-2 border border-line">
        <Choices address={address} chosen={null} onChoose={onChoose} />
      </div>
    </div>
  );
}
