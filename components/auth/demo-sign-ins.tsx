export type DemoPerson = {
  email: string;
  password: string;
  displayName: string;
  role: string;
  workspaces: string[];
};

type Props = { people: readonly DemoPerson[]; onChoose: (person: DemoPerson) => void };

/** Fills the form in; sending it stays with the person. */
export function DemoSignIns({ people, onChoose }: Props) {
  return (
    <section aria-labelledby="demo-sign-ins" className="mt-8">
      <h2 id="demo-sign-ins" className="border-line border-b pb-2 font-medium text-12 text-text">
        Demo sign-ins <span className="font-normal text-text-3">choose one to fill the form</span>
      </h2>
      <ul>
        {people.map((person) => (
          <li key={person.email} className="border-line border-b">
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex h-9 w-full items-center gap-3 px-1 text-left transition-colors hover:bg-hover max-md:h-11"
            >
              <span className="w-20 shrink-0 font-medium text-text capitalize">{person.role}</span>
              <span className="grow truncate text-text-2">{person.displayName}</span>
              <span className="shrink-0 font-mono text-12 text-text-3">{person.workspaces.join(", ")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
