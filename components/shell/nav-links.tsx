"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { isHere, type Place, placeGroups } from "./places";
import { useShell } from "./shell-context";

interface NavLinksProps {
  labelClass?: string;
  className?: string;
  onNavigate?: () => void;
}

export function NavLinks({ labelClass, className, onNavigate }: NavLinksProps) {
  const shell = useShell();
  const { badges } = shell;
  const groups = placeGroups(shell);
  return (
    <div className={className}>
      {groups.map(({ title, places }) => (
        <Fragment key={title}>
          {title && <h2 className={cn("eyebrow px-2 pt-4 pb-1", labelClass)}>{title}</h2>}
          <ul>
            {places.map((place) => (
              <li key={place.href}>
                <NavLink
                  place={place}
                  badge={place.badge && badges?.[place.badge]}
                  labelClass={labelClass}
                  onNavigate={onNavigate}
                />
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </div>
  );
}

interface NavLinkProps extends Omit<NavLinksProps, "className"> {
  place: Place;
  badge: ReactNode;
}

function NavLink({ place, badge, labelClass, onNavigate }: NavLinkProps) {
  const here = isHere(usePathname(), place);
  return (
    <Link
      href={place.href}
      aria-current={here ? "page" : undefined}
      title={`${place.name} (g ${place.key})`}
      onClick={onNavigate}
      className={cn(
        "relative flex h-7 items-center gap-2.25 rounded-2 px-2 font-medium transition-colors focus-visible:rounded-2 max-md:h-11 group-has-[>[data-rail]]/app:max-md:justify-start group-has-[>[data-rail]]/app:md:justify-center group-has-[>[data-rail]]/app:md:px-0",
        here ? "bg-active text-text" : "text-text-2 hover:bg-hover",
      )}
    >
      <place.icon size={16} aria-hidden="true" className={here ? "text-text" : "text-text-3"} />
      <span className={labelClass}>{place.name}</span>
      {badge}
    </Link>
  );
}
