import { failed, workspaceRoute } from "@/lib/auth/route";
import { resolveChoices } from "@/lib/datasets/queries";
import { type Choice, choices } from "@/lib/datasets/schema";

/** How many assets `?inputs=` come down to once datasets are expanded and each asset is counted once. */
export const GET = workspaceRoute("artifacts:read", async (scope, request) => {
  const chosen = choicesIn(new URL(request.url).searchParams.get("inputs") ?? "[]");
  if (!chosen)
    return failed({
      ok: false,
      code: "bad_input",
      message: "inputs: a JSON list of at most 100 of { kind, id, versionId }.",
    });
  return Response.json(await resolveChoices(scope, chosen), { headers: { "cache-control": "no-store" } });
});

function choicesIn(text: string): Choice[] | null {
  try {
    return choices.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
