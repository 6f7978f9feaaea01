"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount, formatPlural } from "@/lib/format";
import { pathOf } from "@/lib/logs/view/field-paths";
import { type JsonNode, readable } from "@/lib/logs/view/json-tree";
import { type Mask, maskedParts } from "@/lib/logs/view/masked-text";
import { RedactedChip } from "./drawer/redacted-chip";
import { ValueMenu } from "./drawer/value-menu";

interface JsonViewProps {
  tree: JsonNode;
  masks?: readonly Mask[];
}

/** Metadata as a tree that opens and closes. Buttons and lists say what it is to a screen reader as well. */
export function JsonView({ tree, masks = [] }: JsonViewProps) {
  return (
    <div className="mono leading-4.75 tracking-[-0.01em]">
      <Branch node={tree} name="metadata" path="" depth={0} masks={masks} />
    </div>
  );
}

const childrenAtOnce = 100;

interface NodeProps {
  node: JsonNode;
  name: string;
  /** As queries name it; empty at the top. */
  path: string;
  masks: readonly Mask[];
}

function Branch({ node, name, path, depth, masks }: NodeProps & { depth: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(childrenAtOnce);
  if (node.children.length === 0) return <Leaf node={node} name={name} path={path} masks={masks} />;
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
        <CopyButton
          text={node.text}
          label={`Copy ${name}`}
          className="ml-1 h-4.5 opacity-0 focus-visible:opacity-100 group-hover/line:opacity-100 max-md:h-4.5"
        />
      </div>
      {open && (
        <ul className="pl-3.5">
          {node.children.slice(0, shown).map((child) => (
            // Names may repeat in what a producer sent; the place in the text tells them apart.
            <li key={child.at}>
              <Branch
                node={child}
                name={child.key ?? ""}
                path={pathOf(path, node, child)}
                depth={depth + 1}
                masks={masks}
              />
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

/** A value of more than this is cut until somebody wants all of it. */
const longestValue = 400;

function Leaf({ node, name, path, masks }: NodeProps) {
  const [all, setAll] = useState(false);
  const text = readable(node);
  const cut = !all && text.length > longestValue;
  const parts = maskedParts(cut ? `${text.slice(0, longestValue)}…` : text, masks);
  const quote = node.kind === "string" && parts.every(({ kind }) => kind === "text") ? '"' : "";
  return (
    <div className="group/line relative flex items-start pr-6 pl-4">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="text-text-2">{name}</span>
        <span className="text-text-3">: </span>
        <span className={cn("whitespace-pre-wrap", tone[node.kind])}>
          {quote}
          {parts.map((part) =>
            part.kind === "masked" ? <RedactedChip key={part.at} rule={part.rule} /> : part.text,
          )}
          {quote}
        </span>
        {cut && (
          <Button size="sm" className="ml-1 h-4.5 px-1.5 font-sans text-11" onClick={() => setAll(true)}>
            Show all {formatCount(text.length)} characters
          </Button>
        )}
      </span>
      <ValueMenu node={node} text={text} name={name} path={path} />
    </div>
  );
}
