import { axeFindings, expect, test } from "./fixtures";

test("an owner makes a rule, sees what it does to a line, and what is sent from then on is stored masked", async ({
  page,
  workspace,
  signIn,
  sendLogs,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}`);
  await page.getByRole("link", { name: "Log settings" }).click();
  await expect(page.getByRole("heading", { name: "Nothing is masked" })).toBeVisible();

  await page.getByRole("button", { name: "Add rule" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("E-mail addresses");
  await form.getByLabel("Pattern").fill("(a+)+$");
  await form.getByLabel("Stored in its place").fill("[e-mail]");
  await form.getByRole("button", { name: "Add rule" }).click();
  await expect(form.getByText("This pattern takes too long on some texts.")).toBeVisible();
  await expect(form.getByLabel("Name")).toHaveValue("E-mail addresses");
  await form.getByLabel("Pattern").fill("[\\w.+-]{1,64}@[\\w.-]{1,255}");
  await form.getByRole("button", { name: "Add rule" }).click();
  const rule = page.getByRole("listitem", { name: "E-mail addresses" });
  await expect(rule).toContainText("Everything");

  const line = { message: "login of ada@example.com", level: "info", mail: "ada@example.com" };
  await page.getByLabel("A line as it would be sent").fill(JSON.stringify(line));
  await page.getByRole("button", { name: "Show what is stored" }).click();
  await expect(page.getByRole("status", { name: "What is stored" })).toContainText(
    '"message":"login of [e-mail]","metadata":{"mail":"[e-mail]"}',
  );
  expect(await axeFindings(page)).toEqual([]);

  await sendLogs("masked", [line]);
  const stored = await page.request.get(`/api/w/${workspace.slug}/logs/masked/entry?seq=0`);
  expect(await stored.json()).toMatchObject({
    message: "login of [e-mail]",
    metadataText: '{"mail":"[e-mail]"}',
    flags: expect.arrayContaining(["redacted"]),
  });

  await page.getByRole("button", { name: "Turn off E-mail addresses" }).click();
  await expect(rule).toContainText("Off");
  await sendLogs("plain", [line]);
  const plain = await page.request.get(`/api/w/${workspace.slug}/logs/plain/entry?seq=0`);
  expect(await plain.json()).toMatchObject({ message: line.message });

  await page.getByRole("button", { name: "Delete E-mail addresses" }).click();
  await page.getByRole("button", { name: "Delete rule" }).click();
  await expect(page.getByRole("heading", { name: "Nothing is masked" })).toBeVisible();
});

test("a viewer sees neither the link nor the page", async ({ page, workspace, signIn }) => {
  await signIn(workspace.viewer);
  await page.goto(`/w/${workspace.slug}`);
  await expect(page.getByRole("link", { name: "Archive" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Log settings" })).toHaveCount(0);
  await page.goto(`/w/${workspace.slug}/settings/logs`);
  await expect(page.getByText("Your role does not open this page")).toBeVisible();
});
