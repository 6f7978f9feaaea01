import { Panel } from "@/components/ui/panel";
import type { HeldLease, PlatformArchive } from "@/lib/archive/platform/schema";
import type { Settled } from "@/lib/auth/settle";
import { formatCount } from "@/lib/format";
import { Lease } from "../lease";
import { namesOf } from "./workspace-names";

interface HeldLeasesProps {
  leases: readonly HeldLease[];
  archive: Promise<Settled<PlatformArchive>>;
}

/** Who archives what at this moment. */
export async function HeldLeases({ leases, archive }: HeldLeasesProps) {
  const nameOf = await namesOf(archive);
  return (
    <Panel title="Leases held" count={formatCount(leases.length)}>
      {leases.length === 0 ? (
        <p className="py-2 text-12 text-text-2">Nothing is being archived at this moment.</p>
      ) : (
        <ul aria-label="Leases held">
          {leases.map((lease) => (
            <li
              key={`${lease.workspaceId} ${lease.episodeId}`}
              className="grid min-h-8 grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1.4fr)] items-center gap-x-3 border-line border-b text-12 max-md:grid-cols-2"
            >
              <span className="truncate text-text-2">{nameOf(lease.workspaceId)}</span>
              <span className="mono truncate">{lease.episodeId}</span>
              <Lease {...lease} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
