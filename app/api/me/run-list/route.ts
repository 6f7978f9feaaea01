import { cookies } from "next/headers";
import { z } from "zod";
import { isSameSite } from "@/lib/auth/origin";
import { env } from "@/lib/env";
import { pageSizes } from "@/lib/runs/list/filters";
import { lookCookie, lookText, optionalColumns } from "@/lib/runs/list/look";

const input = z.object({
  hidden: z.array(z.enum(optionalColumns)),
  compact: z.boolean(),
  size: z.literal(pageSizes),
});
const aYear = 365 * 24 * 60 * 60;

/** Keeps the look of the run list in a cookie, so that the server draws the next page in it. Belongs to the browser, not to a person. */
export async function PUT(request: Request): Promise<Response> {
  if (!isSameSite(request.headers.get("origin"), env().NEXTAUTH_URL))
    return new Response(null, { status: 403 });
  const look = input.safeParse(await request.json().catch(() => null));
  if (!look.success) return new Response(null, { status: 400 });
  const jar = await cookies();
  const text = lookText(look.data);
  if (text === "") jar.delete(lookCookie);
  else jar.set(lookCookie, text, { path: "/", maxAge: aYear, sameSite: "lax", httpOnly: true });
  return new Response(null, { status: 204 });
}
