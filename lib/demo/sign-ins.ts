import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { memberships } from "@/drizzle/schema/memberships";
import { projects } from "@/drizzle/schema/projects";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { workerPlatformScope } from "@/lib/auth/access";
import { hashPassword } from "@/lib/auth/password";
import type { Role } from "@/lib/auth/roles";
import { inPlatform, type Transaction } from "@/lib/db/in-scope";
import { AppError } from "@/lib/errors";

export type DemoSignIn = {
  email: string;
  password: string;
  displayName: string;
  /** In the workspace `demo`; the stranger has none there. */
  role: Role | "stranger";
  /** Slugs of the workspaces this person can open. */
  workspaces: string[];
};

/** Known to everybody who can read this file: these people exist only where STRATA_DEMO=1 has made them. */
const password = "strata-demo";

const people = {
  owner: { email: "owner@demo.strata.local", displayName: "Ines Okafor" },
  admin: { email: "admin@demo.strata.local", displayName: "Tomas Ruiz" },
  editor: { email: "editor@demo.strata.local", displayName: "Mei Lindqvist" },
  annotator: { email: "annotator@demo.strata.local", displayName: "Jonas Weber" },
  viewer: { email: "viewer@demo.strata.local", displayName: "Amara Diallo" },
  stranger: { email: "stranger@demo.strata.local", displayName: "Sasha Novak" },
} as const;
type Who = keyof typeof people;
const everybody = [
  "owner",
  "admin",
  "editor",
  "annotator",
  "viewer",
  "stranger",
] as const satisfies readonly Who[];

type DemoWorkspace = {
  slug: string;
  name: string;
  type: "team" | "personal";
  owner: Who;
  members: Partial<Record<Who, Role>>;
  projects: { slug: string; name: string; description: string }[];
};

const demoWorkspaces: readonly DemoWorkspace[] = [
  {
    slug: "demo",
    name: "Northlight",
    type: "team",
    owner: "owner",
    members: { owner: "owner", admin: "admin", editor: "editor", annotator: "annotator", viewer: "viewer" },
    projects: [
      { slug: "genomics", name: "Genomics", description: "Sequencing and variant calling." },
      { slug: "platform", name: "Platform", description: "Logs and runs of the platform itself." },
    ],
  },
  {
    slug: "harbor",
    name: "Harbor Robotics",
    type: "team",
    owner: "stranger",
    members: { stranger: "owner", admin: "viewer", editor: "editor" },
    projects: [{ slug: "perception", name: "Perception", description: "Camera and lidar recordings." }],
  },
  {
    // Stays empty, so that the first-visit states can be looked at.
    slug: "first-light",
    name: "First Light",
    type: "personal",
    owner: "owner",
    members: { owner: "owner" },
    projects: [],
  },
];

export const demoSignIns: readonly DemoSignIn[] = everybody.map((who) => ({
  ...people[who],
  password,
  role: who,
  workspaces: demoWorkspaces.filter((workspace) => workspace.members[who]).map((workspace) => workspace.slug),
}));

/** Asked at run time: one production build serves the demo and a real site alike. */
export const isDemo = () => process.env.STRATA_DEMO === "1";

/** Makes the demo's people, workspaces, projects and memberships. What is there already stays as it is. */
export async function seedDemoPeople(): Promise<void> {
  if (!isDemo() && process.env.NODE_ENV !== "test") {
    throw new AppError(
      "forbidden",
      "The demo's people, whose passwords are public, are made only with STRATA_DEMO=1.",
    );
  }
  const hashes = await Promise.all(everybody.map(() => hashPassword(password)));
  await inPlatform(workerPlatformScope(), async (tx) => {
    // Two seeds at once would otherwise meet in each other's unfinished rows.
    await tx.execute(sql`select pg_advisory_xact_lock(5712004)`);
    await tx
      .insert(users)
      .values(
        everybody.map((who, at) => ({ ...people[who], platformRole: roleOf(who), passwordHash: hashes[at] })),
      )
      .onConflictDoNothing();
    const ids = await idsOfPeople(tx);
    for (const workspace of demoWorkspaces) await seedWorkspace(tx, workspace, ids);
  });
}

/** The owner of the demo looks after its platform too. */
const roleOf = (who: Who) => (who === "owner" ? ("admin" as const) : null);

async function idsOfPeople(tx: Transaction): Promise<(who: Who) => string> {
  const rows = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(
      inArray(
        users.email,
        everybody.map((who) => people[who].email),
      ),
    );
  const byEmail = new Map(rows.map((row) => [row.email, row.id]));
  return (who) => {
    const id = byEmail.get(people[who].email);
    if (!id) throw new Error(`Assumed ${people[who].email} to exist after it was inserted`);
    return id;
  };
}

async function seedWorkspace(
  tx: Transaction,
  workspace: DemoWorkspace,
  idOf: (who: Who) => string,
): Promise<void> {
  const { slug, name, type, owner } = workspace;
  await tx
    .insert(workspaces)
    .values({ slug, name, type, ownerId: idOf(owner) })
    .onConflictDoNothing();
  const [row] = await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, slug));
  if (!row) throw new Error(`Assumed workspace ${slug} to exist after it was inserted`);
  for (const who of everybody) {
    const role = workspace.members[who];
    if (!role) continue;
    await tx
      .insert(memberships)
      .values({ workspaceId: row.id, userId: idOf(who), role })
      .onConflictDoNothing();
  }
  for (const project of workspace.projects) {
    await tx
      .insert(projects)
      .values({ ...project, workspaceId: row.id, createdBy: idOf(owner) })
      .onConflictDoNothing();
  }
}
