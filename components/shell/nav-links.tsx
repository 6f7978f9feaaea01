"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { isHere, placeHref, places } from "./places";
import { useShell } from "./shell-context";

interface NavLinksProps {
  labelClass?: string;
  className?: string;
  onNavigate?: () => void;
}

export function NavLinks({ labelClass, className, onNavigate }: NavLinksProps) {
  const { workspace } = useShell();
  const pathname = usePathname();
  return (
    <ul className={className}>
      {places.map((place) => {
        const here = isHere(pathname, workspace.slug, place);
        return (
          <li key={place.name}>
            <Link
              href={placeHref(workspace.slug, place)}
              aria-current={here ? "page" : undefined}
              title={`${place.name} (g ${place.key})`}
              onClick={onNavigate}
              className={cn(
                "flex h-7 items-center gap-2.25 rounded-2 px-2 font-medium transition-colors focus-visible:rounded-2 max-md:h-11 group-has-[>[data-rail]]/app:max-md:justify-start group-has-[>[data-rail]]/app:md:justify-center group-has-[>[data-rail]]/app:md:px-0",
                here ? "bg-active text-text" : "text-text-2 hover:bg-hover",
              )}
            >
              <place.icon size={16} aria-hidden="true" className={here ? "text-text" : "text-text-3"} />
              <span className={labelClass}>{place.name}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
