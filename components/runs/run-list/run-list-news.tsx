import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formatClock, formatPlural } from "@/lib/format";
import type { RunPage } from "@/lib/runs/schema";

interface RunListNewsProps {
  newest: RunPage;
  failed: boolean;
  fetching: boolean;
  newRuns: number;
  onRetry: () => void;
  onShow: () => void;
}

/** Above the rows: that they are old, or that there are newer ones, which come when somebody asks for them. */
export function RunListNews({ newest, failed, fetching, newRuns, onRetry, onShow }: RunListNewsProps) {
  return (
    <div role="status" className="empty:hidden">
      {failed && (
        <Notice
          tone="warn"
          action={
            <Button size="sm" onClick={onRetry} disabled={fetching}>
              Now
            </Button>
          }
        >
          <span className="font-semibold text-warn-text">As of {formatClock(newest.asOf)} UTC.</span> The
          server does not answer; trying again.
        </Notice>
      )}
      {newRuns > 0 && (
        // Over the head of the table, so that no row moves when it comes.
        <div className="pointer-events-none sticky top-(--page-top) z-20 flex h-0 justify-center max-md:top-[calc(var(--page-top)+32px)]">
          <Button
            size="sm"
            onClick={onShow}
            className="pointer-events-auto mt-0.5 rounded-full max-md:-mt-8 border-accent-line bg-accent-tint px-3 text-accent-text shadow-overlay hover:bg-active"
          >
            Show {formatPlural(newRuns, "new run")}
          </Button>
        </div>
      )}
    </div>
  );
}
