import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import type { FailedAttempt, PlatformArchive } from "@/lib/archive/platform/schema";
import type { Settled } from "@/lib/auth/settle";
import { formatHourMinute } from "@/lib/format";
import { stepLook } from "../archive-look";
import { namesOf } from "./workspace-names";

interface FailedAttemptsProps {
  attempts: readonly FailedAttempt[];
  /** For the names of the workspaces; absent where all are of one. */
  archive?: Promise<Settled<PlatformArchive>>;
}

/** The last attempts that failed, with the step that did and when it is tried again. */
export async function FailedAttempts({ attempts, archive }: FailedAttemptsProps) {
  const nameOf = archive && (await namesOf(archive));
  return (
    <Panel title="Attempts that failed" count="the last ones, newest first">
      {attempts.length === 0 ? (
        <p className="py-2 text-12 text-text-2">No attempt to archive has failed.</p>
      ) : (
        <ul aria-label="Attempts that failed">
          {attempts.map((attempt) => (
            <li
              key={attempt.id}
              className="flex min-h-8 items-center gap-x-3 border-line border-b py-1 text-12 max-md:flex-wrap"
            >
              <StatusGlyph tone="fail" />
              <span className="w-20 shrink-0 whitespace-nowrap text-text-3">
                <Time at={attempt.startedAt} />
              </span>
              {nameOf && (
                <span className="w-36 shrink-0 truncate text-text-2">{nameOf(attempt.workspaceId)}</span>
              )}
              <span className="mono w-48 shrink-0 truncate">{attempt.episodeId}</span>
              <span className="w-16 shrink-0 text-text-2">{failedStep(attempt)}</span>
              <span className="min-w-0 grow text-fail-text [overflow-wrap:anywhere]">{attempt.error}</span>
              {attempt.nextAttemptAt && (
                <span className="shrink-0 whitespace-nowrap text-text-3">
                  next {formatHourMinute(attempt.nextAttemptAt)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function failedStep({ steps }: FailedAttempt): string {
  const failed = steps.find(({ outcome }) => outcome === "failed");
  return failed ? stepLook(failed.step).name : "";
}
