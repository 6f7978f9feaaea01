import { StatusGlyph } from "@/components/ui/status-glyph";

interface RegionFailedProps {
  /** "Failures cannot be read". */
  title: string;
  requestId: string | null;
}

/** A region whose read failed; the page tries again by itself within the minute. */
export function RegionFailed({ title, requestId }: RegionFailedProps) {
  return (
    <div role="alert" className="flex min-h-9 flex-wrap items-center gap-x-2 border-line border-b py-1.5">
      <StatusGlyph tone="fail" />
      <span className="font-medium text-fail-text">{title}.</span>
      <span className="text-text-2">Reading failed; tried again within a minute.</span>
      {requestId && <span className="mono text-text-3">request {requestId}</span>}
    </div>
  );
}
