"use client";

import { Filter, FilterX, type LucideIcon, Pin, PinOff, TextSelect } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/lib/format";
import type { LogEntryRow } from "@/lib/logs/schema";
import { LinkButton } from "./link-button";
import type { Explorer } from "./use-explorer";

interface RowActionsProps {
  row: LogEntryRow;
  explorer: Explorer;
}

/** What one does with a row without opening it. Drawn over its end, so that nothing moves. */
export function RowActions({ row, explorer }: RowActionsProps) {
  const { params, list } = explorer;
  const seq = Number(row.seq);
  const name = `row ${formatCount(row.seq)}`;
  const marked = list.bookmarks.has(seq);
  return (
    <td className="absolute -top-0.75 right-1 z-[1] flex h-6.5 items-center rounded-2 bg-raised px-0.5 shadow-overlay max-md:hidden">
      <Act
        icon={marked ? PinOff : Pin}
        label={marked ? `Remove the mark of ${name} (m)` : `Mark ${name} (m)`}
        onAct={() => list.bookmarks.toggle(seq)}
      />
      <CopyButton text={row.message} label={`Copy message of ${name}`} />
      <LinkButton href={explorer.linkTo(row.seq)} label={`Copy link to ${name} (y)`} />
      {params.filtered && (
        <Act icon={TextSelect} label={`Show ${name} in context (c)`} onAct={() => list.showContext(seq)} />
      )}
      <Act
        icon={Filter}
        label={`Only rows of the template of ${name}`}
        onAct={() => list.withTemplate(row.message, "only")}
      />
      <Act
        icon={FilterX}
        label={`Leave out rows of the template of ${name}`}
        onAct={() => list.withTemplate(row.message, "without")}
      />
    </td>
  );
}

function Act({ icon: Icon, label, onAct }: { icon: LucideIcon; label: string; onAct: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onAct();
      }}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-1 text-text-3 hover:bg-active hover:text-text"
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}
