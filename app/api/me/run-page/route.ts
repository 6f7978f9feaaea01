import { cookies } from "next/headers";
import { z } from "zod";
import { isSameSite } from "@/lib/auth/origin";
import { env } from "@/lib/env";
import { narrowest, paneCookie, paneText, widest } from "@/lib/runs/inspector-pane";

const input = z.object({ share: z.int().min(narrowest).max(widest), closed: z.boolean() });
const aYear = 365 * 24 * 60 * 60;

/** Keeps how the run page is divided in a cookie, so that the server draws the next one so. Belongs to the browser, not to a person. */
export async function PUT(request: Request): Promise<Response> {
  if (!isSameSite(request.headers.get("origin"), env().NEXTAUTH_URL))
    return new Response(null, { status: 403 });
  const pane = input.safeParse(await request.json().catch(() => null));
  if (!pane.success) return new Response(null, { status: 400 });
  const jar = await cookies();
  const text = paneText(pane.data);
  if (text === "") jar.delete(paneCookie);
  else jar.set(paneCookie, text, { path: "/", maxAge: aYear, sameSite: "lax", httpOnly: true });
  return new Response(null, { status: 204 });
}
