"use client";

import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatBytes, formatCount, formatPlural } from "@/lib/format";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import { HashLine } from "./hash-line";
import { useDirectDownload } from "./use-direct-download";

interface DirectDownloadProps {
  address: EpisodeAddress;
  params: URLSearchParams | null;
  empty: boolean;
}

/** For what is small enough to wait for. What came of it stands above the buttons. */
export function DirectDownload({ address, params, empty }: DirectDownloadProps) {
  const { download, start, cancel } = useDirectDownload(address);
  return (
    <>
      <div role="status" className="order-first w-full border-line border-t pt-3 text-12 empty:hidden">
        {download.step === "reading" && (
          <p className="flex items-center gap-2">
            <StatusGlyph tone="run" />
            {formatBytes(download.bytes)} so far
            <Button size="sm" variant="ghost" onClick={cancel}>
              Stop
            </Button>
          </p>
        )}
        {download.step === "failed" && (
          <p className="flex items-center gap-2 text-fail-text">
            <StatusGlyph tone="fail" />
            {download.message} Nothing was saved.
          </p>
        )}
        {download.step === "done" && (
          <>
            <p className="flex items-center gap-2">
              <StatusGlyph tone="ok" />
              <span>
                Saved <span className="mono">{download.fileName}</span>:{" "}
                {formatPlural(download.trailer.rows, "row")}
                {download.trailer.first !== null &&
                  download.trailer.last !== null &&
                  `, ${formatCount(download.trailer.first)} to ${formatCount(download.trailer.last)}`}
                {download.trailer.gapCount > 0 &&
                  `, ${formatPlural(download.trailer.gapCount, "stretch", "stretches")} could not be read`}
                .
              </span>
            </p>
            {download.trailer.sha256 && (
              <HashLine
                sha256={download.trailer.sha256}
                command={`head -n -1 ${download.fileName} | sha256sum`}
                what="of everything before the last line"
              />
            )}
          </>
        )}
      </div>
      <Button
        variant="primary"
        disabled={params === null || empty || download.step === "reading"}
        onClick={() => params && void start(params)}
      >
        {download.step === "reading" ? "Downloading" : "Download now"}
      </Button>
    </>
  );
}
