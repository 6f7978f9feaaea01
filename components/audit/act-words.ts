import type { AuditArea } from "@/lib/audit/schema";

export const areaWords = {
  archive: "Archive",
  redaction: "Redaction",
  run: "Runs",
  workflow: "Workflows",
} as const satisfies Record<AuditArea, string>;

/** Acts as a person says them. One that is not here stands as it was recorded. */
const acts: Readonly<Record<string, string>> = {
  "archive.archive_now": "asked to archive",
  "archive.retry": "tried a failed archive again",
  "archive.break_lease": "broke an expired lease",
  "archive.verify_now": "had the archive read again",
  "archive.reconcile_counters": "corrected the counters",
  "archive.request_restore": "restored rows",
  "archive.extend_restore": "extended a restore",
  "archive.cancel_restore": "ended a restore",
  "archive.place_hold": "placed a legal hold",
  "archive.release_hold": "released a legal hold",
  "archive.set_retention": "set the retention",
  "archive.set_policy": "set how new episodes are archived",
  "archive.set_episode_policy": "changed how it is archived",
  "archive.expire_chunk": "deleted a chunk, its retention was over",
  "archive.sweep_orphans": "swept orphans",
  "archive.delete_episode": "deleted the episode",
  "redaction.create_rule": "made a redaction rule",
  "redaction.change_rule": "changed a redaction rule",
  "redaction.enable_rule": "turned a redaction rule on",
  "redaction.disable_rule": "turned a redaction rule off",
  "redaction.move_rule": "moved a redaction rule",
  "redaction.delete_rule": "deleted a redaction rule",
  "run.start": "started a run",
  "run.retry": "ran a run again",
  "run.retry_tasks": "retried tasks",
  "run.cancel": "cancelled the run",
  "run.bulk_cancel": "had many runs cancelled",
  "run.bulk_retry_failed": "had failed tasks of many runs retried",
  "run.bulk_rerun": "had many runs run again",
  "run.abort_bulk": "stopped a bulk job",
  "run.bulk_end": "ended a bulk job",
  "run.resolve_failure": "resolved a failure",
  "run.ignore_failure": "ignored a failure",
  "run.reopen_failure": "opened a failure again",
  "run.share_view": "shared a view of runs",
  "run.change_view": "changed a shared view of runs",
  "run.unshare_view": "ended the sharing of a view of runs",
  "run.delete_view": "deleted a shared view of runs",
  "workflow.create": "made the workflow",
  "workflow.duplicate": "duplicated a workflow",
  "workflow.save_version": "saved a version",
  "workflow.publish": "published a version",
  "workflow.rename": "renamed the workflow",
  "workflow.archive": "archived the workflow",
  "workflow.restore": "restored the workflow",
};

export function actWords(action: string): string {
  return acts[action] ?? action;
}

/** Who it was when it was no person in the console. */
export const actorWords = {
  user: "in the console",
  token: "with an API token",
  worker: "the worker",
  command: "by a command",
} as const;
