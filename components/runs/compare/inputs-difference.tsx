import type { ReactNode } from "react";
import { inputName } from "@/components/runs/run-page/input-name";
import type { InputsComparison } from "@/lib/runs/compare/inputs";

/** What the runs were bound to, the differences first. */
export function InputsDifference({ inputs }: { inputs: InputsComparison }) {
  const { onlyA, onlyB, changed, same } = inputs;
  return (
    <section
      id="difference-inputs"
      aria-label="Difference of the inputs"
      className="max-h-72 shrink-0 overflow-y-auto border-line border-b bg-canvas px-4 py-3 max-md:px-3"
    >
      <ul className="grid gap-1.5">
        {changed.map(({ a, b }) => (
          <Input key={`${a.kind} ${a.id}`} mark="≠" word={`${a.kind} in another version`}>
            {inputName(a)} <span className="text-text-3">→</span> {inputName(b)}
          </Input>
        ))}
        {onlyB.map((input) => (
          <Input key={`${input.kind} ${input.id}`} mark="+" word={`${input.kind} only in B`}>
            {inputName(input)}
          </Input>
        ))}
        {onlyA.map((input) => (
          <Input key={`${input.kind} ${input.id}`} mark="−" word={`${input.kind} only in A`}>
            {inputName(input)}
          </Input>
        ))}
        {same.map((input) => (
          <Input key={`${input.kind} ${input.id}`} mark="=" word={`${input.kind} in both`}>
            {inputName(input)}
          </Input>
        ))}
      </ul>
    </section>
  );
}

function Input({ mark, word, children }: { mark: string; word: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 gap-2">
      <span aria-hidden="true" className="mono w-3 shrink-0 text-center text-text-2">
        {mark}
      </span>
      <span className="w-44 shrink-0 text-text-2 max-md:w-32">{word}</span>
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}
