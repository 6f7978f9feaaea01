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
  /** Narrows the sidebar to 48 px, for pages that need the width. */
  rail?: boolean;
  /** The page draws its own `h1`. */
  ownHeading?: boolean;
  /** Classes of the scrolling area; a page that scrolls inside sets `overflow-hidden`. */
  className?: string;
  children: ReactNode;
}

/** A page of a workspace: the 44 px bar, and the area under it, which scrolls. On a phone the whole page scrolls under a sticky bar. */
export function Page({ breadcrumb, asOf, actions, rail, ownHeading, className, children }: PageProps) {
  const above = breadcrumb.slice(0, -1);
  const here = breadcrumb.at(-1);
  const Here = ownHeading ? "span" : "h1";
  return (
    <div
      data-rail={rail || undefined}
      className="flex min-h-0 min-w-0 flex-col bg-surface max-md:min-h-dvh md:overflow-hidden"
    >
      <header
        className={cn(
          "flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface pr-4 pl-6 max-md:sticky max-md:top-0 max-md:z-20 max-md:h-12 max-md:gap-1 max-md:px-1",
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
          "min-h-0 grow focus-visible:rounded-none focus-visible:shadow-none md:overflow-auto",
          className,
        )}
      >
        {children}
      </main>
    </div>
  );
}
