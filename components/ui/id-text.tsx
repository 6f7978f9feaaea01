import { shortenId } from "@/lib/format";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

interface IdTextProps {
  id: string;
  /** What the id names, for the copy button: "run id". */
  name: string;
  head?: number;
  tail?: number;
  copy?: boolean;
  className?: string;
}

/** An id: mono, cut in its middle, whole in the tooltip and in the clipboard. */
export function IdText({ id, name, head, tail, copy = true, className }: IdTextProps) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1", className)}>
      <span className="mono truncate" title={id}>
        {shortenId(id, head, tail)}
      </span>
      {copy && <CopyButton text={id} label={`Copy ${name}`} />}
    </span>
  );
}
