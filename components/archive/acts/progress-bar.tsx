import { cn } from "@/components/ui/cn";

const fill = { run: "bg-run-solid", fail: "bg-fail-solid", ok: "bg-ok-solid" } as const;

interface ProgressBarProps {
  done: number;
  total: number;
  tone: keyof typeof fill;
  /** Spoken name: what is counted. */
  label: string;
  className?: string;
}

/** How far something has come that has an exact end. */
export function ProgressBar({ done, total, tone, label, className }: ProgressBarProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className={cn("h-1.5 overflow-hidden rounded-[2px] bg-active", className)}
    >
      <div className={cn("h-full transition-[width]", fill[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
