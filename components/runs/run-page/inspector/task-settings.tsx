"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { TaskDetail } from "@/lib/runs/schema";
import { commandLine, configFacts } from "@/lib/runs/task-config";
import { Fact, FactList } from "./fact-list";
import { Section } from "./section";

/** What the version asks of the executor, apart from what came of it: a duration that is wished is none that was measured. */
export function TaskSettings({ detail }: { detail: UseQueryResult<TaskDetail> }) {
  const config = detail.data?.executorConfig;
  const facts = config ? configFacts(config) : [];
  const command = config ? commandLine(config) : null;
  if (detail.isSuccess && facts.length === 0 && !command) return null;
  return (
    <Section title="Settings">
      {detail.isPending && <Skeleton className="mt-2 w-64" />}
      {detail.isError && (
        <p role="alert" className="mt-2 flex items-center gap-2 text-fail-text">
          They cannot be read: {detail.error.message}
          <Button size="sm" onClick={() => detail.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {facts.length > 0 && (
        <FactList>
          {facts.map(({ name, value }) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        </FactList>
      )}
      {command && (
        <section aria-label="Command" className="relative mt-2 rounded-1 bg-hover">
          <code className="block whitespace-pre-wrap py-1.5 pr-8 pl-2 text-12 leading-4.5 [overflow-wrap:anywhere]">
            {command}
          </code>
          <CopyButton text={command} label="Copy command" className="absolute top-1 right-1 bg-hover" />
        </section>
      )}
    </Section>
  );
}
