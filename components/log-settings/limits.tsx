import { Panel } from "@/components/ui/panel";
import { formatBytes, formatCount } from "@/lib/format";

interface LimitsProps {
  bytesPerSecond: number;
  rowsPerSecond: number;
  burstSeconds: number;
  maxBodyBytes: number;
  maxLineBytes: number;
}

/** What senders may do, and what they are answered beyond it. */
export function Limits(limits: LimitsProps) {
  const { bytesPerSecond, rowsPerSecond, burstSeconds, maxBodyBytes, maxLineBytes } = limits;
  return (
    <Panel title="Limits">
      <dl className="max-w-200">
        <Limit name="Rate" beyond="429, with the seconds to wait">
          {formatBytes(bytesPerSecond)} and {formatCount(rowsPerSecond)} rows a second
        </Limit>
        <Limit name="Burst" beyond="429, with the seconds to wait">
          {burstSeconds} seconds of it at once
        </Limit>
        <Limit name="One upload" beyond="413, after what came before is stored">
          {formatBytes(maxBodyBytes)} unpacked
        </Limit>
        <Limit name="One line" beyond="named in the answer, the other lines are stored">
          {formatBytes(maxLineBytes)}
        </Limit>
      </dl>
      <p className="mt-2 max-w-160 text-12 text-text-3">
        The rate is set for this workspace by whoever runs the platform, and counted by each web server for
        itself.
      </p>
    </Panel>
  );
}

function Limit({ name, beyond, children }: { name: string; beyond: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[120px_minmax(0,1fr)_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5 max-md:grid-cols-[96px_minmax(0,1fr)]">
      <dt className="text-text-2">{name}</dt>
      <dd>{children}</dd>
      <dd className="text-text-3 max-md:col-start-2">Beyond: {beyond}</dd>
    </div>
  );
}
