"use client";

import { useQuery } from "@tanstack/react-query";
import Image from "next/image";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { artifactFileHref, artifactPreviewOptions } from "@/lib/runs/page-query-options";
import { PaneFailed } from "../pane-failed";
import { useRunPage } from "../run-page-context";

/** What is in an artifact: text as text, a picture as a picture, nothing as a page of its own. */
export function ArtifactPreview({ artifactId, title }: { artifactId: string; title: string }) {
  const { workspace, run } = useRunPage();
  const preview = useQuery(artifactPreviewOptions(workspace, run.id, artifactId));
  if (preview.isPending) return <PreviewSkeleton />;
  if (!preview.data) return <PaneFailed title="The artifact cannot be read" query={preview} />;
  const { kind, text, cut, reason } = preview.data;
  if (kind === "image") {
    return (
      <div className="relative m-4 h-96 overflow-hidden rounded-1 border border-line bg-surface">
        {/* Ours to serve, and only to members: the optimizer would need an address that is open to it. */}
        <Image
          unoptimized
          fill
          src={artifactFileHref(workspace, run.id, artifactId)}
          alt={title}
          className="object-contain"
        />
      </div>
    );
  }
  if (text === null) return <p className="px-4 py-3 text-text-2">{reason}</p>;
  return (
    <div className="relative">
      <pre className="mono max-h-96 overflow-auto whitespace-pre-wrap px-4 py-3 pr-12 text-12 text-text-2 leading-4.5 [overflow-wrap:anywhere]">
        {text}
      </pre>
      <CopyButton text={text} label="Copy what is shown" className="absolute top-2 right-4 bg-canvas" />
      {cut && (
        <p className="border-line border-t px-4 py-1.5 text-12 text-text-3">
          The first 256 KiB are shown. The download has all of it.
        </p>
      )}
    </div>
  );
}

function PreviewSkeleton() {
  return (
    <div role="status" aria-label="Reading the artifact" className="grid gap-3 px-4 py-4">
      <Skeleton className="w-64" />
      <Skeleton className="w-80" />
      <Skeleton className="w-48" />
    </div>
  );
}
