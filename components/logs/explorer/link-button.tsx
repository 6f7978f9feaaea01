"use client";

import { Link2 } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

/** Copies the address of a row: episode and sequence number, which outlive its move to the archive. */
export function LinkButton({ href, label }: { href: string; label: string }) {
  return <CopyButton icon={Link2} text={() => addressOf(href)} label={label} />;
}

export function copyLink(href: string): Promise<void> {
  return navigator.clipboard.writeText(addressOf(href));
}

function addressOf(href: string): string {
  return new URL(href, location.href).href;
}
