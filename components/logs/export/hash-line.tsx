import { CopyButton } from "@/components/ui/copy-button";

interface HashLineProps {
  sha256: string;
  /** The shell line that checks it. */
  command: string;
  /** What the hash is over. */
  what: string;
}

/** A proof that needs nothing of ours: a hash, and the line that computes it again. */
export function HashLine({ sha256, command, what }: HashLineProps) {
  return (
    <div className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 text-12">
      <span className="text-text-3">SHA-256</span>
      <span className="mono truncate" data-sha256={sha256}>
        {sha256}
        <span className="sr-only"> {what}</span>
      </span>
      <CopyButton text={sha256} label="Copy SHA-256" />
      <span className="text-text-3">Check it</span>
      <span className="mono truncate">{command}</span>
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}
