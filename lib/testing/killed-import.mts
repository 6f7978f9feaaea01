import { scopeForCommand } from "@/lib/auth/access";
import { importWfformatFile } from "@/lib/import/wfformat";

/** A process of its own that imports a file and is killed after `step`, as hard as a process can be. */
const [, , slug = "", file = "", step] = process.argv;
const scope = await scopeForCommand(slug);
if (!scope) throw new Error(`No workspace ${slug}`);
await importWfformatFile(scope, file, {
  afterStep: async (reached) => {
    if (reached === step) process.kill(process.pid, "SIGKILL");
  },
});
throw new Error(`The import ended without reaching ${step}`);
