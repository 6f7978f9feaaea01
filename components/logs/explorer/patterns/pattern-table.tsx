"use client";

import { formatCount } from "@/lib/format";
import type { Pattern, PatternList } from "@/lib/logs/patterns/schema";
import type { PatternOrder } from "@/lib/logs/patterns/search-params";
import { templateChoice, withTemplate } from "@/lib/logs/view/template-choice";
import type { ExplorerParams } from "../use-explorer-params";
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
  params: ExplorerParams;
  onShowRows: (template: string) => void;
  onGoTo: (sequence: string) => void;
}

export function PatternTable(props: PatternTableProps) {
  const { list, shown, order, onOrder, opened, onOpen, current, params, onShowRows, onGoTo } = props;
  const most = Math.max(1, ...list.patterns.map(({ count }) => count));
  const newWord = list.newSince?.kind === "run" ? "since the run before" : "in the last part";
  return (
    <table aria-label="Patterns" className="w-full table-fixed border-collapse max-md:block">
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
    <tbody className="max-md:block">
      <tr className="h-9 border-line border-b max-md:block max-md:py-2">
        <td className="pl-8 text-text-2 max-md:block">
          in none of these <span className="text-12 text-text-3">({why.join("; ")})</span>
        </td>
        <td className="px-2 max-md:block max-md:pl-9.5">
          <PatternShare count={other} share={other / rows} most={Math.max(most, other)} excluded={false} />
        </td>
        <td colSpan={5} className="max-md:hidden" />
      </tr>
    </tbody>
  );
}
