"use client";

import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import { MarkGlyph, markLook } from "../graph/mark-look";
import { useVersion } from "./workflow-context";

/** More rows than this are left to the search of the text; the drawing has all of them. */
const mostRows = 1_000;

/** The same nodes as the drawing, as a list: for a phone, a screen reader, and whoever prefers to read. */
export function NodeList() {
  const { view, selected, select } = useVersion();
  return (
    <div className="min-h-0 grow overflow-auto">
      <table aria-label="Nodes" className="w-full table-fixed border-collapse">
        <thead>
          <tr className="[&>th]:eyebrow [&>th]:sticky [&>th]:top-0 [&>th]:h-7 [&>th]:bg-surface [&>th]:px-2 [&>th]:text-left [&>th]:shadow-[inset_0_-1px_var(--line)]">
            <th scope="col" className="pl-4!">
              Node
            </th>
            <th scope="col" className="w-36 max-md:w-28">
              Type
            </th>
            <th scope="col" className="max-md:hidden">
              Waits for
            </th>
          </tr>
        </thead>
        <tbody>
          {view.nodes.slice(0, mostRows).map((node) => (
            <tr
              key={node.id}
              className={cn(
                "relative h-8 border-line border-b hover:bg-hover max-md:h-10",
                node.id === selected?.id && "bg-accent-tint shadow-[inset_2px_0_var(--accent)]",
              )}
            >
              <td className="truncate pr-2 pl-4">
                <button
                  type="button"
                  aria-current={node.id === selected?.id || undefined}
                  onClick={() => select(node.id)}
                  className="inline-flex max-w-full items-center gap-1.5 after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
                >
                  <MarkGlyph mark={node.mark} />
                  <span className={cn("mono truncate", node.mark === "removed" && "line-through")}>
                    {node.name}
                  </span>
                  {node.mark !== "same" && (
                    <span className={cn("text-12", markLook[node.mark].text)}>
                      {markLook[node.mark].word}
                    </span>
                  )}
                </button>
              </td>
              <td className="truncate px-2 text-text-2">{node.nodeType}</td>
              <td className="truncate px-2 text-text-3 max-md:hidden">
                {node.upstreamNodeIds.length === 0 ? "begins the run" : node.upstreamNodeIds.join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.nodes.length > mostRows && (
        <p className="px-4 py-2 text-12 text-text-3">
          and {formatPlural(view.nodes.length - mostRows, "more node")}, in the graph and in the exported file
        </p>
      )}
    </div>
  );
}
