import { axeFindings, expect, test } from "./fixtures";
import { makeSignIn, revokeSession, setRole } from "./people";

test("a signed-out visitor is asked to sign in and then lands where they wanted to go", async ({
  page,
  workspace,
}) => {
  const person = await makeSignIn(workspace, "editor");
  await page.goto(`/w/${workspace.slug}/runs?status=failed`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${workspace.slug}/runs\\?status=failed`));
});

test("wrong credentials are said beside the form, the email stays, and axe finds nothing", async ({
  page,
  workspace,
}) => {
  const person = await makeSignIn(workspace, "viewer");
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("status")).toContainText("That email and password do not match.");
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  expect(await axeFindings(page)).toEqual([]);
});

test("sign-in works with the keyboard alone", async ({ page, workspace }) => {
  const person = await makeSignIn(workspace, "viewer");
  await page.goto("/sign-in");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(person.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/w/${workspace.slug}$`));
});

test("a revoked session is over at the next request", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/runs`);
  await expect(page.getByRole("heading", { name: "Runs", exact: true })).toBeVisible();
  await revokeSession(workspace.owner);
  await page.goto(`/w/${workspace.slug}/logs`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a role taken away acts at the next request", async ({ page, workspace, signIn, sendLogs }) => {
  await sendLogs("roles", [{ message: "one" }]);
  await signIn(workspace.owner);
  const archive = `/w/${workspace.slug}/archive?episode=roles`;
  await page.goto(archive);
  await expect(page.getByRole("button", { name: /^Archive now/ }).first()).toBeVisible();
  await setRole(workspace, workspace.owner, "viewer");
  await page.goto(archive);
  await expect(page.getByText("roles").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Archive now/ })).toHaveCount(0);
});

test("a form posted from another site is refused", async ({ request, baseURL }) => {
  const answer = await request.post("/sign-in", {
    headers: { origin: "https://elsewhere.example", "next-action": "0".repeat(42) },
    data: "[]",
  });
  expect(answer.status(), `${baseURL} took a foreign form`).toBeGreaterThanOrEqual(400);
});

test("sign-out ends the session, not only the cookie", async ({ page, workspace, signIn, context }) => {
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}`);
  await page
    .getByRole("button", { name: /account and theme/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.clearCookies();
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}`);
  await expect(page).toHaveURL(/\/sign-in/);
});
