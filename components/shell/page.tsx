import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { MenuButton, PaletteButton } from "./top-bar-buttons";

export interface Crumb {
  label: ReactNode;
  href?: string;
}

interface PageProps {
  /** From the widest to this page; the last one is the page's heading unless the page has its own. */
  breadcrumb: readonly Crumb[];
  /** An `AsOf`: the age of what is shown. */
  asOf?: ReactNode;
  /** View switch, secondary buttons, one primary; in this order. */
  actions?: ReactNode;
  /** For explorers, which need the room: the sidebar is 48 px and the page fills the screen, scrolling inside. */
  rail?: boolean;
  /** The page draws its own `h1`. */
  ownHeading?: boolean;
  /** Classes of the area under the bar. */
  className?: string;
  children: ReactNode;
}

/**
 * A page of a workspace: the bar (44 px, 48 on a phone) and the area under it. The document scrolls beneath the sticky bar, so that
 * the browser keeps the place when one comes back; what sticks to the top of a page does so at `--page-top`.
 */
export function Page({ breadcrumb, asOf, actions, rail, ownHeading, className, children }: PageProps) {
  const above = breadcrumb.slice(0, -1);
  const here = breadcrumb.at(-1);
  const Here = ownHeading ? "span" : "h1";
  return (
    <div
      data-rail={rail || undefined}
      className={cn(
        "flex min-h-dvh min-w-0 flex-col bg-surface",
        rail
          ? "max-md:[--page-top:48px] md:h-dvh md:overflow-hidden"
          : "[--page-top:44px] max-md:[--page-top:48px]",
      )}
    >
      <header
        className={cn(
          "sticky top-0 z-20 flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface pr-4 pl-6 max-md:h-12 max-md:gap-1 max-md:px-1",
          rail && "md:pr-3 md:pl-4",
        )}
      >
        <MenuButton />
        <nav aria-label="Breadcrumb" className="min-w-0 grow">
          <ol className="flex min-w-0 items-center gap-1.75 whitespace-nowrap text-text-2">
            {above.map((crumb, level) => (
              <Fragment key={crumb.href ?? `level ${level}`}>
                <li className="max-md:hidden">
                  {crumb.href ? (
                    <Link href={crumb.href} className="hover:text-text">
                      {crumb.label}
                    </Link>
                  ) : (
                    crumb.label
                  )}
                </li>
                <li aria-hidden="true" className="text-line-control max-md:hidden">
                  /
                </li>
              </Fragment>
            ))}
            <li className="min-w-0">
              <Here aria-current="page" className="truncate font-semibold text-text">
                {here?.label}
              </Here>
            </li>
          </ol>
        </nav>
        {asOf}
        {actions && <div className="ml-2 flex items-center gap-2 max-md:ml-1 max-md:gap-1">{actions}</div>}
        <PaletteButton />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          "grow focus-visible:rounded-none focus-visible:shadow-none",
          rail && "md:min-h-0 md:overflow-auto",
          className,
        )}
      >
        {children}
      </main>
    </div>
  );
}
