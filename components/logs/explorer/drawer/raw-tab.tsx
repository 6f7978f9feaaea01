import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/lib/format";
import type { LogEntryDetail } from "@/lib/logs/schema";
import { LongText } from "../long-text";

/** What is stored, character by character. */
export function RawTab({ entry }: { entry: LogEntryDetail }) {
  const text = entry.metadataText ?? "";
  return (
    <div className="mt-2 flex flex-col gap-3">
      <RawPart title="Message" text={entry.message} />
      {text && <RawPart title="Metadata" text={text} />}
    </div>
  );
}

function RawPart({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3 className="eyebrow flex items-center justify-between">
        {title}, {formatCount(text.length)} characters
        <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
      </h3>
      <div className="mt-1 rounded-1 border border-line bg-canvas px-2 py-1.5">
        <LongText text={text} find="" plain />
      </div>
    </section>
  );
}
