import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as searchForPrograms } from "@/app/api/v1/logs/search/route";
import { GET as getCount } from "@/app/api/w/[workspace]/logs/[episodeId]/count/route";
import { GET as getHistogram } from "@/app/api/w/[workspace]/logs/[episodeId]/histogram/route";
import { GET as search } from "@/app/api/w/[workspace]/logs/[episodeId]/search/route";
import { scopeForCommand } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { logHistogram, rowCount } from "../histogram/schema";
import { type SearchEvent, searchEvent, searchPlan } from "./events";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const episodeId = newEpisodeId("searched");
let slug = "";
let memberCookie = "";
let strangerCookie = "";
let token = "";

beforeAll(async () => {
  const workspace = await createWorkspace();
  const [member, stranger] = [await createPerson(), await createPerson()];
  await join(workspace, member, "editor");
  slug = workspace.slug;
  memberCookie = await signedInCookie(member);
  strangerCookie = await signedInCookie(stranger);
  const scope = await scopeForCommand(slug);
  if (!scope) throw new Error("The workspace is not there");
  await uploadLines(scope, episodeId, logLines(3000));
  const owner = await memberScope("owner", workspace);
  const issued = await issueApiToken(owner, { name: "reader", scopes: ["logs:read"], days: 1 });
  if (issued.ok) token = issued.token;
});

type Handler = typeof search;

function ask(
  handler: Handler,
  route: string,
  query: string,
  signal?: AbortSignal,
  id = episodeId,
): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/w/${slug}/logs/${id}/${route}?${query}`, { signal });
  return handler(request, { params: Promise.resolve({ workspace: slug, episodeId: id }) });
}

async function eventsOf(response: Response): Promise<SearchEvent[]> {
  expect(response.headers.get("content-type")).toContain("application/x-ndjson");
  expect(response.headers.get("cache-control")).toContain("no-store");
  const text = await response.text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => searchEvent.parse(JSON.parse(line)));
}

const numbersOf = (events: SearchEvent[]) =>
  events.flatMap((event) => (event.type === "rows" ? event.rows.map(({ seq }) => Number(seq)) : []));

describe("a member", () => {
  test("gets a search as lines of JSON, from its plan to its end, and goes on with its token", async () => {
    arrive(memberCookie);
    const first = await eventsOf(await ask(search, "search", "text=line+29&limit=60"));
    expect(first[0]?.type).toBe("plan");
    const end = first.at(-1);
    if (end?.type !== "done" || !end.resume) throw new Error(`The search ended with ${end?.type}`);
    const rest = await eventsOf(await ask(search, "search", `text=line+29&resume=${end.resume}`));
    const expected = range(3000)
      .filter((n) => `line ${n}`.includes("line 29"))
      .toReversed();
    expect([...numbersOf(first), ...numbersOf(rest)]).toEqual(expected);
  });

  test("gets the plan of a search alone, the same one that the search itself begins with", async () => {
    arrive(memberCookie);
    const alone = await ask(search, "search", "text=line+29&only=plan");
    expect(alone.headers.get("content-type")).toContain("application/json");
    const plan = searchPlan.parse(await alone.json());
    expect(plan).toMatchObject({ hotRows: 3000, chunksToRead: 0, final: true });
    const [first] = await eventsOf(await ask(search, "search", "text=line+29"));
    expect(first).toEqual(plan);
  });

  test("gets rows by time, and their count", async () => {
    arrive(memberCookie);
    const range = "since=2026-11-20T08:00:05Z&until=2026-11-20T08:00:15Z";
    const histogram = logHistogram.parse(
      await (await ask(getHistogram, "histogram", `${range}&bars=10`)).json(),
    );
    expect(histogram.bars.map(({ hot, cold }) => hot + cold)).toEqual(Array(10).fill(100));
    const count = rowCount.parse(await (await ask(getCount, "count", `${range}&levels=error`)).json());
    expect(count).toMatchObject({ total: 125, exact: true });
  });

  test("is told before the first line what is wrong with a request", async () => {
    arrive(memberCookie);
    for (const [handler, query, named] of [
      [search, "mode=regex&text=(", "text"],
      [search, "limit=0", "limit"],
      [search, "only=rows", "only"],
      [search, "text=x&resume=AAAA", "resume"],
      [search, "since=yesterday", "time.from"],
      [getHistogram, "bars=0", "bars"],
      [getHistogram, "since=tomorrow", "from"],
      [getCount, "levels=loud", "levels"],
    ] as const) {
      const response = await ask(handler, "x", query);
      expect({ query, status: response.status }).toEqual({ query, status: 400 });
      expect(JSON.stringify(await response.json())).toContain(named);
    }
  });

  test("is told in the last line when a pattern takes too long", async () => {
    arrive(memberCookie);
    const slow = encodeURIComponent("^(.+)+#");
    const events = await eventsOf(await ask(search, "search", `mode=regex&text=${slow}`));
    expect(events.at(-1)).toMatchObject({ type: "failed", code: "bad_input" });
    expect(JSON.stringify(events.at(-1))).toContain("takes too long");
  });

  test("gets 404 for an episode that is not there", async () => {
    arrive(memberCookie);
    for (const handler of [search, getHistogram, getCount]) {
      expect((await ask(handler, "x", "", undefined, "nowhere")).status).toBe(404);
    }
  });

  test("who leaves makes room for the next search", async () => {
    arrive(memberCookie);
    for (let n = 0; n < 40; n++) {
      const gone = new AbortController();
      const response = await ask(search, "search", "text=line", gone.signal);
      expect(response.status).toBe(200);
      if (n % 2 === 0) gone.abort();
      else await response.body?.cancel();
    }
  });
});

test("a program searches with its token, and only where the token belongs", async () => {
  const url = `http://localhost:3000/api/v1/logs/search?episode=${episodeId}&text=line+2999`;
  const withToken = (bearer: string) => new Request(url, { headers: { authorization: `Bearer ${bearer}` } });
  expect(numbersOf(await eventsOf(await searchForPrograms(withToken(token))))).toEqual([2999]);
  expect((await searchForPrograms(withToken("strata_nonsense"))).status).toBe(401);
  const nameless = new Request("http://localhost:3000/api/v1/logs/search", {
    headers: { authorization: `Bearer ${token}` },
  });
  expect((await searchForPrograms(nameless)).status).toBe(400);
});

test("a stranger gets 404 and somebody signed out 401", async () => {
  for (const handler of [search, getHistogram, getCount]) {
    arrive(strangerCookie);
    expect((await ask(handler, "x", "")).status).toBe(404);
    arrive(undefined);
    expect((await ask(handler, "x", "")).status).toBe(401);
  }
});

test("searches whose readers left before they began hold up nobody", async () => {
  for (let count = 0; count < 20; count++) {
    arrive(memberCookie);
    // As a server does with a reader who is gone: it reads nothing of the answer, and does not say so either.
    await ask(search, "search", "text=line", AbortSignal.abort());
  }
  arrive(memberCookie);
  expect((await ask(search, "search", "text=line")).status).toBe(200);
});
