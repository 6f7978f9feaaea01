import type { Settled } from "@/lib/auth/settle";
import type { AttentionItem, HomeFigures, RunRow } from "@/lib/runs/schema";
import { leadSentence } from "./lead-sentence";

interface LeadProps {
  attention: Promise<Settled<AttentionItem[]>>;
  running: Promise<Settled<RunRow[]>>;
  figures: Promise<Settled<HomeFigures>>;
  windowWords: string;
}

export async function Lead({ windowWords, ...reads }: LeadProps) {
  const [attention, running, figures] = await Promise.all([reads.attention, reads.running, reads.figures]);
  if (!attention.ok || !running.ok || !figures.ok) {
    return <LeadText first="Some of this page cannot be read." rest="What is shown below is current." />;
  }
  const { succeeded, failed, cancelled } = figures.value.byStatus;
  const [first, rest] = leadSentence({
    needed: attention.value.length,
    inProgress: running.value.length,
    succeeded,
    ended: succeeded + failed + cancelled,
    windowWords,
  });
  return <LeadText first={first} rest={rest} />;
}

export function LeadSkeleton() {
  return <LeadText first="Reading." rest="" />;
}

function LeadText({ first, rest }: { first: string; rest: string }) {
  return (
    <h1 className="mb-3 text-20 font-medium tracking-[-0.012em] max-md:mb-2 max-md:text-[17px] max-md:leading-6 2xl:text-28">
      {first} <span className="text-text-3">{rest}</span>
    </h1>
  );
}
