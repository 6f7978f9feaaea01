"use client";

import { Check, Copy, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { cn } from "./cn";

interface CopyButtonProps {
  /** What lands in the clipboard; a function where it depends on the browser's address. */
  text: string | (() => string);
  /** Spoken name: "Copy run id". */
  label: string;
  icon?: LucideIcon;
  className?: string;
}

/** Says that it copied by a tick and a spoken word; goes back when the pointer or the focus leaves. */
export function CopyButton({ text, label, icon = Copy, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : icon;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={async (event) => {
        event.stopPropagation();
        await navigator.clipboard.writeText(typeof text === "string" ? text : text());
        setCopied(true);
      }}
      onBlur={() => setCopied(false)}
      onMouseLeave={() => setCopied(false)}
      className={cn(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-1 text-text-3 hover:bg-active hover:text-text max-md:size-8",
        className,
      )}
    >
      <Icon size={13} aria-hidden="true" />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
