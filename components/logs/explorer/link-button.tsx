"use client";

import { Check, Link2 } from "lucide-react";
import { useState } from "react";

/** Copies the address of a row: episode and sequence number, which outlive its move to the archive. */
export function LinkButton({ href, label }: { href: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Link2;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={async (event) => {
        event.stopPropagation();
        await copyLink(href);
        setCopied(true);
      }}
      onBlur={() => setCopied(false)}
      onMouseLeave={() => setCopied(false)}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-1 text-text-3 hover:bg-active hover:text-text max-md:size-8"
    >
      <Icon size={13} aria-hidden="true" />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}

export function copyLink(href: string): Promise<void> {
  return navigator.clipboard.writeText(new URL(href, location.href).href);
}
