import { scopeForCommand } from "@/lib/auth/access";
import { type EpisodeCheck, verifyEpisode } from "@/lib/logs/verify";
import { toCheckJson } from "@/lib/logs/verify/answer";
import type { VerifyWish } from "./commands/verify";
import { Failure } from "./failure";
import { step } from "./progress";

const count = (value: number | bigint) => value.toLocaleString("en");

/** The check and its report; as JSON it is the only line. */
export async function verifyFromCommand(wish: VerifyWish, signal: AbortSignal): Promise<number> {
  const scope = await scopeForCommand(wish.workspace);
  const check =
    scope &&
    (await step(`Episode ${wish.episodeId}`, (note) => {
      const onProgress = (checked: number, chunks: number) =>
        note(`chunk ${count(checked)} of ${count(chunks)} read and counted`);
      return verifyEpisode(scope, wish.episodeId, { signal, onProgress });
    }));
  if (!check) {
    throw new Failure(
      `Workspace ${wish.workspace} has no episode ${wish.episodeId}.`,
      "Episodes are listed on the Logs page; --workspace names another workspace.",
    );
  }
  const lines = wish.json ? [JSON.stringify(toCheckJson(check))] : report(check);
  console.log(lines.join("\n"));
  return check.ok ? 0 : 1;
}

function report(check: EpisodeCheck): string[] {
  const { problems, expired, tombstoneRanges, orphans } = check;
  const range = ({ from, to }: { from: bigint; to: bigint }) => `${count(from)} to ${count(to)}`;
  return [
    `${count(check.archivedRows)} rows in ${count(check.chunks - expired.length)} chunks, ${count(check.hotRows)} rows in MongoDB`,
    ...tombstoneRanges.map((span) => `  never written: ${range(span)}`),
    ...expired.map((span) => `  expired: ${range(span)}, on ${span.expiredAt.toISOString()}`),
    ...(check.openReservations > 0 ? [`  being written: ${check.openReservations} batches`] : []),
    ...(check.unpruned > 0
      ? [`  ${count(check.unpruned)} rows are archived and not deleted from MongoDB yet; nobody reads them`]
      : []),
    ...orphans.map((key) => `  without a chunk: ${key}`),
    `  chain head ${check.chainHead ?? "none, nothing is archived"}`,
    ...(check.ok
      ? ["Sound: ranges abut, hashes match, rows are there once each, counters agree."]
      : [
          `${problems.length === 1 ? "1 problem" : `${count(problems.length)} problems`}${check.moving ? " (the episode is being written; look again when it rests)" : ""}:`,
          ...problems.map((problem) => `  - ${problem}`),
        ]),
  ];
}
