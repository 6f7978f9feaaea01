import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import { RuleActs } from "./rule-acts";
import { type RuleView, targetLabels } from "./rule-look";

interface RuleListProps {
  workspace: string;
  rules: readonly RuleView[];
  canWrite: boolean;
}

/** In the order in which they are applied. On a phone each rule is a small block. */
export function RuleList({ workspace, rules, canWrite }: RuleListProps) {
  return (
    <ol aria-label="Redaction rules, in the order they are applied">
      {rules.map((rule, index) => (
        <li
          key={rule.id}
          aria-label={rule.name}
          className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b py-2"
        >
          <span className="self-start text-right text-text-3">{index + 1}</span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
              <span className="font-medium">{rule.name}</span>
              <span className="flex items-center gap-1.5 text-12 text-text-2">
                <StatusGlyph
                  tone={rule.enabled ? "ok" : "off"}
                  shape={rule.enabled ? "disc" : "ring"}
                  size={10}
                />
                {rule.enabled ? "On" : "Off"}
              </span>
              <span className="text-12 text-text-3">{targetLabels[rule.appliesTo]}</span>
            </p>
            <p className="mono text-12 text-text-2 [overflow-wrap:anywhere]">
              {rule.pattern} <span className="text-text-3">becomes</span> {rule.mask}
            </p>
            <p className="text-12 text-text-3">
              Changed by {rule.updatedBy} <Time at={rule.updatedAt} />
            </p>
          </div>
          {canWrite && (
            <RuleActs
              workspace={workspace}
              rule={rule}
              isFirst={index === 0}
              isLast={index === rules.length - 1}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
