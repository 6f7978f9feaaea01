import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { closeArchiveWorld } from "./archive-world";
import { closeInputWorld } from "./input-world";
import { closeLiveWorld } from "./live-world";
import { closePeople, makeWorkspace, type Person, type Workspace } from "./people";
import { closeRunWorld } from "./run-world";

interface Fixtures {
  /** A workspace that only this test uses. */
  workspace: Workspace;
  /** Signs a person in, in this test's browser. */
  signIn: (person: Person) => Promise<void>;
  /** Sends JSON lines through the public ingest endpoint. */
  sendLogs: (episodeId: string, lines: object[]) => Promise<void>;
}

export const test = base.extend<Fixtures, { stores: undefined }>({
  stores: [
    async ({}, use) => {
      await use(undefined);
      // Once a worker: with its next file it uses the same connections.
      await Promise.all([
        closePeople(),
        closeArchiveWorld(),
        closeInputWorld(),
        closeRunWorld(),
        closeLiveWorld(),
      ]);
    },
    { scope: "worker", auto: true },
  ],
  page: async ({ page }, use) => {
    const { goto, reload } = page;
    page.goto = async (...args) => {
      const answer = await goto.apply(page, args);
      await wholePage(page);
      return answer;
    };
    page.reload = async (...args) => {
      const answer = await reload.apply(page, args);
      await wholePage(page);
      return answer;
    };
    await use(page);
  },
  workspace: async ({}, use) => use(await makeWorkspace()),
  signIn: async ({ context, baseURL }, use) =>
    use(async (person) => {
      await context.clearCookies();
      await context.addCookies([
        { name: "strata.session", value: person.cookie, url: baseURL, httpOnly: true, sameSite: "Lax" },
      ]);
    }),
  sendLogs: async ({ request, workspace }, use) =>
    use(async (episodeId, lines) => {
      for (let start = 0; start < lines.length; start += 1000) {
        const batch = lines.slice(start, start + 1000);
        const answer = await request.post("/api/v1/logs", {
          headers: {
            authorization: `Bearer ${workspace.token}`,
            "content-type": "application/x-ndjson",
            "x-strata-episode": episodeId,
            "idempotency-key": `${episodeId}-${start}`,
          },
          data: batch.map((line) => JSON.stringify(line)).join("\n"),
        });
        expect(answer.status(), await answer.text()).toBe(200);
        expect(await answer.json()).toMatchObject({ accepted: batch.length, rejected: 0 });
      }
    }),
});

export { expect };

/**
 * Parts of a page that arrive late stand in it twice for a frame or two, one of them hidden. A page that keeps one longer is
 * for the journey to judge.
 */
async function wholePage(page: Page): Promise<void> {
  const arrived = () => document.querySelector('[hidden][id^="S:"]') === null;
  await page.waitForFunction(arrived, undefined, { timeout: 5_000 }).catch(() => {});
}

/** Runs `npm run import` as a person would, against the stores of this test run. Resolves with status and output. */
export async function runImport(...args: string[]): Promise<{ status: number; output: string }> {
  const command = ["--conditions=react-server", "--import", "tsx", "lib/local/cli.ts", "import", ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
      cwd: resolve(__dirname, ".."),
      timeout: 50_000,
    });
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    if (error instanceof Error && "code" in error && "stdout" in error && "stderr" in error) {
      return { status: Number(error.code), output: `${error.stdout}${error.stderr}` };
    }
    throw error;
  }
}

/** What axe finds on the page as it stands; an empty list is the goal. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Between two pages there is none for a moment.
  await expect(page).toHaveTitle(/./);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}
