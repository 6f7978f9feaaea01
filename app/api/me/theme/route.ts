import { cookies } from "next/headers";
import { z } from "zod";
import { themeCookie, themes } from "@/components/shell/theme";
import { isSameSite } from "@/lib/auth/origin";
import { env } from "@/lib/env";

const choice = z.object({ theme: z.enum(themes) });
const aYear = 365 * 24 * 60 * 60;

/** Keeps the theme in a cookie, so that the server draws the next page in it. Belongs to the browser, not to a person. */
export async function PUT(request: Request): Promise<Response> {
  if (!isSameSite(request.headers.get("origin"), env().NEXTAUTH_URL))
    return new Response(null, { status: 403 });
  const input = choice.safeParse(await request.json().catch(() => null));
  if (!input.success) return new Response(null, { status: 400 });
  const jar = await cookies();
  if (input.data.theme === "system") jar.delete(themeCookie);
  else jar.set(themeCookie, input.data.theme, { path: "/", maxAge: aYear, sameSite: "lax", httpOnly: true });
  return new Response(null, { status: 204 });
}
