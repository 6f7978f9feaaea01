"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { LinkButton } from "./link-button";

/** What one does with a row without opening it. Drawn over its end, so that nothing moves. */
export function RowActions({ message, link, seq }: { message: string; link: string; seq: string }) {
  return (
    <td className="absolute -top-0.75 right-1 flex h-6.5 items-center rounded-2 bg-raised px-0.5 shadow-overlay max-md:hidden">
      <CopyButton text={message} label={`Copy message of row ${seq}`} />
      <LinkButton href={link} label={`Copy link to row ${seq}`} />
    </td>
  );
}
