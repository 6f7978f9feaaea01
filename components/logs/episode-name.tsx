import { shortenId } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { cn } from "../ui/cn";

interface EpisodeNameProps {
  episode: Pick<EpisodeSummary, "episodeId" | "producer">;
  className?: string;
}

/** An episode id. That of a task begins with its run's id, which is cut in its middle: the task is what one looks for. */
export function EpisodeName({ episode: { episodeId, producer }, className }: EpisodeNameProps) {
  const { runId } = producer;
  const ofRun = runId !== undefined && episodeId.startsWith(runId) && episodeId.length > runId.length;
  return (
    <span className={cn("mono", className)} title={episodeId}>
      {ofRun ? (
        <>
          <span className="font-normal text-text-3">{shortenId(runId)}</span>
          {episodeId.slice(runId.length)}
        </>
      ) : (
        episodeId
      )}
    </span>
  );
}
