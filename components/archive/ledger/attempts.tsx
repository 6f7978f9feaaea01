import { ListSteps } from "@/components/logs/list-steps";
import { cn } from "@/components/ui/cn";
import type { ArchiveAttempt } from "@/lib/archive/schema";
import { type ArchiveParams, archiveSearch } from "@/lib/archive/search-params";
import { stepLooks } from "../archive-look";
import { AttemptFilters } from "./attempt-filters";
import { AttemptRow } from "./attempt-row";
import { spentOn } from "./steps";

interface AttemptsProps {
  attempts: readonly ArchiveAttempt[];
  next: string | null;
  /** The page as it is, for the links to the next ones. */
  address: string;
  params: ArchiveParams;
}

/** What each attempt did, step by step in the one safe order; a step that failed is red and last. */
export function Attempts({ attempts, next, address, params }: AttemptsProps) {
  const longest = Math.max(1, ...attempts.map(spentOn));
  const filtered = params.outcome !== null || params.by !== "" || params.before !== null;
  return (
    <section aria-labelledby="attempts-heading" className="mt-5">
      <div className="flex min-h-9 flex-wrap items-center gap-x-2 border-line border-b">
        <h2 id="attempts-heading" className="font-semibold">
          Attempts
        </h2>
        <span className="text-text-3">newest first</span>
        <StepKey />
      </div>
      {(attempts.length > 0 || filtered) && <AttemptFilters />}
      {attempts.length === 0 ? (
        <p className="py-2 text-12 text-text-2">
          {filtered ? "No attempt is like that." : "Nothing has tried to archive this episode yet."}
        </p>
      ) : (
        <ul aria-label="Attempts">
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} longest={longest} />
          ))}
        </ul>
      )}
      <ListSteps
        label="Pages of attempts"
        firstHref={params.before && `${address}${archiveSearch({ ...params, before: null })}`}
        nextHref={next && `${address}${archiveSearch({ ...params, before: next })}`}
      />
    </section>
  );
}

function StepKey() {
  return (
    <span aria-hidden="true" className="ml-auto flex gap-3 text-11 text-text-3 max-lg:hidden">
      {stepLooks.slice(2, 7).map(({ name, fill }) => (
        <span key={name}>
          <span className={cn("mr-1.25 inline-block size-2 rounded-[2px]", fill)} />
          {name}
        </span>
      ))}
    </span>
  );
}
