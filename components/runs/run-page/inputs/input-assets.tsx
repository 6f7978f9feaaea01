import { IdText } from "@/components/ui/id-text";
import { formatBytes, formatPlural } from "@/lib/format";
import type { InputAsset } from "@/lib/runs/inputs-schema";

/** The assets that tasks are given. One that is gone is named: the run worked on it all the same. */
export function InputAssets({ assets }: { assets: readonly InputAsset[] }) {
  return (
    <ul>
      {assets.map(({ id, name, type, formats, sizeBytes, fileCount }) => (
        <li key={id} className="flex min-h-9 items-center gap-3 border-line border-b px-4 py-1">
          <span className="flex min-w-0 grow items-center gap-2">
            {name === null ? (
              <span className="text-warn-text">no longer in this workspace</span>
            ) : (
              <span className="min-w-0 truncate">{name}</span>
            )}
            <IdText id={id} name="asset id" className="text-text-3 max-md:hidden" />
          </span>
          <span className="shrink-0 text-text-2 max-md:hidden">
            {[type?.replaceAll("_", " "), ...formats].filter(Boolean).join(", ")}
          </span>
          <span className="w-40 shrink-0 text-right text-text-2 max-md:w-auto">
            {fileCount !== null && formatPlural(fileCount, "file")}
            {sizeBytes !== null && `, ${formatBytes(sizeBytes)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
