import { CopyButton } from "@/components/ui/copy-button";

interface ImportCommandProps {
  kind: "wfformat" | "logs";
  workspace: string;
}

const commands = {
  wfformat: (workspace: string) => `npm run import -- wfformat <file.json> --workspace ${workspace}`,
  logs: (workspace: string) =>
    `npm run import -- logs <file.ndjson> --workspace ${workspace} --episode <name>`,
};

/** A command to paste into a terminal. */
export function ImportCommand({ kind, workspace }: ImportCommandProps) {
  const command = commands[kind](workspace);
  return (
    <div className="flex items-center gap-2 rounded-2 border border-line bg-canvas py-1.5 pr-1.5 pl-3">
      <code className="mono min-w-0 grow overflow-x-auto whitespace-pre text-text">{command}</code>
      <CopyButton text={command} label="Copy command" />
    </div>
  );
}
