"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { formatPlural } from "@/lib/format";
import { type JsonNode, readable } from "@/lib/logs/view/json-tree";

/** Metadata as a tree that opens and closes. Buttons and lists say what it is to a screen reader as well. */
export function JsonView({ tree }: { tree: JsonNode }) {
  return (
    <div className="mono leading-4.75 tracking-[-0.01em]">
      <Branch node={tree} name="metadata" depth={0} />
    </div>
  );
}

const childrenAtOnce = 100;

function Branch({ node, name, depth }: { node: JsonNode; name: string; depth: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(childrenAtOnce);
  if (node.children.length === 0) return <Leaf node={node} name={name} />;
  return (
    <div>
      <div className="group/line flex items-center">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 items-center gap-1 text-text-2 hover:text-text"
        >
          <ChevronRight size={12} aria-hidden="true" className={cn("text-text-3", open && "rotate-90")} />
          <span className="truncate">{name}</span>
          <span className="whitespace-nowrap text-text-3">
            {node.kind === "array"
              ? `[${node.children.length}]`
              : formatPlural(node.children.length, "field")}
          </span>
        </button>
        <CopyLine text={node.text} name={name} />
      </div>
      {open && (
        <ul className="pl-3.5">
          {node.children.slice(0, shown).map((child) => (
            // Names may repeat in what a producer sent; the place in the text tells them apart.
            <li key={child.at}>
              <Branch node={child} name={child.key ?? ""} depth={depth + 1} />
            </li>
          ))}
          {shown < node.children.length && (
            <li>
              <Button
                size="sm"
                className="my-1 font-sans"
                onClick={() => setShown(shown + 10 * childrenAtOnce)}
              >
                Show more of {node.children.length}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

const tone: Record<JsonNode["kind"], string> = {
  string: "text-ok-text",
  number: "text-log-var",
  literal: "text-accent-text",
  object: "text-text-3",
  array: "text-text-3",
};

/** A value of more than this is cut here and whole in "Raw". */
const longestValue = 400;

function Leaf({ node, name }: { node: JsonNode; name: string }) {
  const text = readable(node);
  const value = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
  return (
    <div className="group/line flex items-start pl-4">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="text-text-2">{name}</span>
        <span className="text-text-3">: </span>
        <span className={cn("whitespace-pre-wrap", tone[node.kind])}>
          {node.kind === "string" ? `"${value}"` : value}
        </span>
      </span>
      <CopyLine text={text} name={name} />
    </div>
  );
}

function CopyLine({ text, name }: { text: string; name: string }) {
  return (
    <CopyButton
      text={text}
      label={`Copy ${name}`}
      className="ml-1 h-4.5 opacity-0 focus-visible:opacity-100 group-hover/line:opacity-100 max-md:h-4.5"
    />
  );
}
