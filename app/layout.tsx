import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { CSSProperties, ReactNode } from "react";
import { themeAttribute, themeCookie } from "@/components/shell/theme";
import { paneCookie, paneOf } from "@/lib/runs/inspector-pane";
import { Providers } from "./providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Strata", template: "%s · Strata" },
  description: "Runs, logs and archive of a workflow platform in one place.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111417" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = themeAttribute(jar.get(themeCookie)?.value);
  const pane = paneOf(jar.get(paneCookie)?.value);
  const sizes: CSSProperties & Record<`--${string}`, string> = { "--inspector": `${pane.share}%` };
  return (
    <html
      lang="en"
      data-theme={theme}
      data-inspector={pane.closed ? "closed" : undefined}
      style={sizes}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
