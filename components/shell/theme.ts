/** What a person can choose; without a choice the page follows the system. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "strata-theme";

/** The value of `data-theme`; undefined leaves the decision to the system. An unknown cookie counts as no choice. */
export function themeAttribute(cookie: string | undefined): "light" | "dark" | undefined {
  return cookie === "light" || cookie === "dark" ? cookie : undefined;
}
