"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useEffectEvent } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import type { EdgeChange, GraphDiff, NodeChange } from "@/lib/workflows/diff-graphs";
import { MarkGlyph, markLook } from "../graph/mark-look";
import { useVersion } from "../page/workflow-context";
import { FieldChanges } from "./field-changes";

interface ChangeListProps {
  diff: GraphDiff;
  /** The two versions: from, to. */
  from: number;
  to: number;
}

/** Every difference of two versions, beside the drawing. `n` and `p` go from node to node. */
export function ChangeList({ diff, from, to }: ChangeListProps) {
  const { selected, select } = useVersion();
  const at = diff.nodes.findIndex(({ id }) => id === selected?.id);
  const go = (step: 1 | -1) => {
    const next = diff.nodes[at === -1 ? (step === 1 ? 0 : diff.nodes.length - 1) : at + step];
    if (!next) return;
    select(next.id);
    document.getElementById(rowId(next.id))?.scrollIntoView({ block: "nearest" });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (event.key === "n") go(1);
    else if (event.key === "p") go(-1);
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const equal = diff.nodes.length === 0 && diff.edges.length === 0;
  return (
    <section aria-label={`Version ${to} against version ${from}`}>
      <div className="sticky top-0 z-1 flex h-9 items-center gap-2 border-line border-b bg-surface px-4">
        <h2 className="font-semibold">
          Changes{" "}
          <span className="font-normal text-text-3">
            v{from} → v{to}
          </span>
        </h2>
        {diff.nodes.length > 0 && (
          <span className="ml-auto flex items-center gap-1 text-12 text-text-3">
            <span aria-live="polite">
              {at === -1 ? formatPlural(diff.nodes.length, "node") : `${at + 1} of ${diff.nodes.length}`}
            </span>
            <Step name="Previous change (p)" icon={ChevronUp} disabled={at === 0} onClick={() => go(-1)} />
            <Step
              name="Next change (n)"
              icon={ChevronDown}
              disabled={at === diff.nodes.length - 1}
              onClick={() => go(1)}
            />
          </span>
        )}
      </div>
      {equal && (
        <p className="px-4 py-3 text-text-2">Both versions have the same nodes, settings and edges.</p>
      )}
      <ul>
        {diff.nodes.map((change) => (
          <NodeRow
            key={change.id}
            change={change}
            open={change.id === selected?.id}
            onPick={() => select(change.id)}
          />
        ))}
      </ul>
      {diff.edges.length > 0 && <Edges edges={diff.edges} />}
      {!equal && (
        <p className="px-4 py-2 text-12 text-text-3">
          {formatPlural(diff.sameNodes, "node")} and {formatPlural(diff.sameEdges, "edge")} are the same in
          both.
        </p>
      )}
    </section>
  );
}

const rowId = (nodeId: string) => `change-${nodeId}`;

interface StepProps {
  name: string;
  icon: typeof ChevronUp;
  disabled: boolean;
  onClick: () => void;
}

function Step({ name, icon: Icon, ...props }: StepProps) {
  return (
    <Button variant="ghost" size="icon" aria-label={name} title={name} {...props}>
      <Icon size={14} aria-hidden="true" />
    </Button>
  );
}

function NodeRow({ change, open, onPick }: { change: NodeChange; open: boolean; onPick: () => void }) {
  const { id, name, fields } = change;
  return (
    <li
      id={rowId(id)}
      className={cn("border-line border-b", open && "bg-accent-tint shadow-[inset_2px_0_var(--accent)]")}
    >
      <button
        type="button"
        aria-expanded={fields.length > 0 ? open : undefined}
        aria-current={open || undefined}
        onClick={onPick}
        className="flex min-h-8 w-full items-center max-md:min-h-10 gap-2 px-4 text-left hover:bg-hover focus-visible:shadow-(--focus-in)"
      >
        <MarkGlyph mark={change.change} />
        <span className="mono min-w-0 grow truncate">{name}</span>
        <span className={cn("shrink-0 text-12", markLook[change.change].text)}>
          {change.change === "changed" ? formatPlural(fields.length, "field") : markLook[change.change].word}
        </span>
      </button>
      {open && fields.length > 0 && <FieldChanges fields={fields} />}
    </li>
  );
}

const mostEdges = 200;

function Edges({ edges }: { edges: readonly EdgeChange[] }) {
  const { byId, select } = useVersion();
  const name = (id: string) => byId.get(id)?.name ?? id;
  return (
    <>
      <h3 className="flex h-8 items-center gap-2 border-line border-b px-4 font-semibold">
        Edges <span className="font-normal text-text-3">{edges.length}</span>
      </h3>
      <ul>
        {edges.slice(0, mostEdges).map(({ from, to, change }) => (
          <li key={`${from} ${to}`} className="border-line border-b">
            <button
              type="button"
              onClick={() => select(to)}
              className="flex min-h-7 w-full items-center max-md:min-h-10 gap-2 px-4 text-left text-12 hover:bg-hover focus-visible:shadow-(--focus-in)"
            >
              <MarkGlyph mark={change} />
              <span className="mono min-w-0 grow truncate">
                {name(from)} <span aria-hidden="true">→</span>
                <span className="sr-only">to</span> {name(to)}
              </span>
              <span className={cn("shrink-0", markLook[change].text)}>{change}</span>
            </button>
          </li>
        ))}
      </ul>
      {edges.length > mostEdges && (
        <p className="px-4 py-2 text-12 text-text-3">
          and {formatPlural(edges.length - mostEdges, "more edge")}
        </p>
      )}
    </>
  );
}
