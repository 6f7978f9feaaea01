import type { CustomNodeView } from "@/lib/workflows/custom-nodes";

/** A node that a project made for itself: what goes in, what comes out, and what it is made from. */
export function CustomNodePart({ node }: { node: CustomNodeView }) {
  const { name, description, contract, source } = node;
  return (
    <div className="min-w-0">
      <h3 className="font-semibold">
        Custom node <span className="font-normal text-text-3">{name}</span>
      </h3>
      <p className="text-12 text-text-2">{description}</p>
      <Ports title="Takes" ports={contract.inputs} />
      <Ports title="Gives" ports={contract.outputs} />
      <p className="mt-2 text-12 text-text-3">
        {source.kind === "image" ? "From the image" : "Built from a Dockerfile as"}{" "}
        <span className="mono text-text-2 [overflow-wrap:anywhere]">{source.image}</span>
      </p>
      {source.dockerfile && (
        <pre className="mono mt-1 overflow-auto rounded-1 bg-hover px-2 py-1.5 text-12 leading-4.5">
          {source.dockerfile}
        </pre>
      )}
    </div>
  );
}

function Ports({ title, ports }: { title: string; ports: CustomNodeView["contract"]["inputs"] }) {
  if (ports.length === 0) return null;
  return (
    <dl className="mt-1 grid grid-cols-[88px_minmax(0,1fr)] text-12">
      <dt className="text-text-3">{title}</dt>
      <dd>
        {ports.map((port) => (
          <span key={port.name} className="block">
            <span className="mono">{port.name}</span>{" "}
            <span className="text-text-3">
              {port.type}
              {port.required ? "" : ", optional"}
            </span>
          </span>
        ))}
      </dd>
    </dl>
  );
}
