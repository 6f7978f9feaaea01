import { ImportCommand } from "@/components/runs/import-command";

/** A workspace in which nothing has happened: what will stand here, and the two ways to make it so. */
export function FirstVisit({ workspace, name }: { workspace: string; name: string }) {
  return (
    <div className="max-w-170">
      <h1 className="mb-1 text-20 font-medium tracking-[-0.012em]">{name} is empty so far</h1>
      <p className="mb-6 text-text-2">
        This page will say what failed and waits for you, what runs now, what ended, and how healthy it all
        is.
      </p>
      <ol className="flex flex-col gap-6">
        <Step title="Bring a workflow run">
          A WfCommons WfFormat file becomes a workflow, its version, and a finished run with all its tasks.
          <ImportCommand kind="wfformat" workspace={workspace} />
        </Step>
        <Step title="Bring a log">
          Each line of an NDJSON file becomes a row of one episode, numbered from 0 and never lost silently.
          <ImportCommand kind="logs" workspace={workspace} />
        </Step>
      </ol>
      <p className="mt-6 text-text-3">Run a command again and nothing is added twice.</p>
    </div>
  );
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <li>
      <h2 className="font-semibold">{title}</h2>
      <div className="flex flex-col gap-2 text-text-2">{children}</div>
    </li>
  );
}
