"use client";

import { Fact, FactList } from "@/components/archive/acts/fact-list";
import type { RetentionPreview as Preview } from "@/lib/archive/acts/schema";
import { formatBytes, formatDate, formatPlural } from "@/lib/format";

interface RetentionPreviewProps {
  preview: Preview;
  undoHours: number;
}

/** What a retention would delete, keep and spare, chunk for chunk as it will be marked. */
export function RetentionPreview({ preview, undoHours }: RetentionPreviewProps) {
  const { chunks, episodes, rows, bytes, oldest, heldChunks, markedAlready, unmarked } = preview;
  return (
    <FactList>
      <Fact name="Would be deleted" tone={chunks > 0 ? "fail" : "ok"}>
        {chunks === 0 ? (
          "nothing now"
        ) : (
          <>
            {formatPlural(chunks, "chunk")}, {formatBytes(bytes)}
            <span className="text-text-3">
              , {formatPlural(rows, "row")} in {formatPlural(episodes, "episode")}
            </span>
          </>
        )}
      </Fact>
      {oldest && <Fact name="Oldest archived">{formatDate(oldest)}</Fact>}
      {chunks > 0 && (
        <Fact name="Deleted, at the earliest">
          {markedAlready === chunks ? "when they were marked for" : `in ${formatPlural(undoHours, "hour")}`}
        </Fact>
      )}
      {markedAlready > 0 && (
        <Fact name="Of these marked already" tone="off">
          {formatPlural(markedAlready, "chunk")}
        </Fact>
      )}
      {heldChunks > 0 && (
        <Fact name="Old enough, kept by a hold" tone="ok">
          {formatPlural(heldChunks, "chunk")}
        </Fact>
      )}
      {unmarked > 0 && (
        <Fact name="Lose their mark and stay" tone="ok">
          {formatPlural(unmarked, "chunk")}
        </Fact>
      )}
    </FactList>
  );
}
