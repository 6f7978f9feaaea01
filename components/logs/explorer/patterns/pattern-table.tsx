"use client";

import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import type { Pattern, PatternList } from "@/lib/logs/patterns/schema";
import type { PatternOrder } from "@/lib/logs/patterns/search-params";
import { templateChoice, withTemplate } from "@/lib/logs/view/template-choice";
import type { ExplorerParams } from "../use-explorer-params";
import { rowGrid } from "./pattern-columns";
import { PatternHead } from "./pattern-head";
import { PatternRow } from "./pattern-row";
import { PatternShare } from "./pattern-share";

interface PatternTableProps {
  list: PatternList;
  shown: readonly Pattern[];
  order: PatternOrder;
  onOrder: (order: PatternOrder) => void;
  opened: string | null;
  onOpen: (id: string | null) => void;
  current: string | null;
  overDays: boolean;
  params: ExplorerParams;
  onShowRows: (template: string) => void;
  onGoTo: (sequence: string) => void;
}

export function PatternTable(props: PatternTableProps) {
  const { list, shown, order, onOrder, opened, onOpen, current, overDays, params, onShowRows, onGoTo } =
    props;
  const most = Math.max(1, ...list.patterns.map(({ count }) => count));
  const newWord = list.newSince?.kind === "run" ? "since the run before" : "in the last part";
  return (
    <table aria-label="Patterns" className="block w-full">
      <PatternHead order={order} onOrder={onOrder} />
      {shown.map((pattern) => (
        <PatternRow
          key={pattern.id}
          pattern={pattern}
          most={most}
          choice={templateChoice(params, pattern.template)}
          open={opened === pattern.id}
          current={current === pattern.id}
          newWord={newWord}
          overDays={overDays}
          onOpen={(open) => onOpen(open ? pattern.id : null)}
          onChoose={(choice) => params.set(withTemplate(params, pattern.template, choice))}
          onShowRows={() => onShowRows(pattern.template)}
          onGoTo={onGoTo}
        />
      ))}
      {list.other > 0 && shown.length === list.patterns.length && <Other list={list} most={most} />}
    </table>
  );
}

/** The rows that the list does not name, so that its counts add up. */
function Other({ list: { other, unread, rows }, most }: { list: PatternList; most: number }) {
  const why = [
    unread < other && "too rare to be kept with each chunk",
    unread > 0 && `${formatCount(unread)} of them nobody looked at`,
  ].filter(Boolean);
  return (
    <tbody className="block">
      <tr className={cn(rowGrid, "min-h-9 border-line border-b max-md:py-2")}>
        <td className="min-w-0 pl-8 text-text-2 max-md:col-span-2">
          in none of these <span className="text-12 text-text-3">({why.join("; ")})</span>
        </td>
        <td className="max-md:pl-9.5">
          <PatternShare count={other} share={other / rows} most={Math.max(most, other)} excluded={false} />
        </td>
      </tr>
    </tbody>
  );
}
