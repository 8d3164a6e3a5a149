import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
const { openContext, openTab, makeMember } = bakery;
let owner: Client;
let workspaceId: string;

beforeAll(() => {
  ({ client: owner, workspaceId } = bakery);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** What forms say in Vietnamese. */
const { problems: missing } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../src/texts/vi/refusals.json'), 'utf8'),
) as { problems: Record<string, string> };

describe('people', { timeout: 180_000 }, () => {
  it('an owner makes an invitation, and whoever opens its link signs up and is in', async () => {
    const page = await bakery.openPage(bakery.at('members'));
    await page.getByLabel('Role', { exact: true }).selectOption('approver');
    await button(page, 'Make the invitation').click();
    const link = await page.getByLabel('Link of the invitation').inputValue();
    await page.getByText('Pass this link on to whom you mean.').waitFor();

    const guest = await openTab(await openContext(), link);
    await guest.getByRole('heading', { name: 'Mali invites you to Mali’s Bakery' }).waitFor();
    await guest.getByText('Your role: Approver.', { exact: false }).waitFor();
    await guest.getByLabel('Your name').fill('Ploy');
    await guest.getByLabel('E-mail').fill('ploy@bakery.example');
    await guest.getByRole('textbox', { name: 'Password' }).fill('jasmine in the morning');
    await button(guest, 'Sign up and join').click();
    await guest.waitForURL(bakery.at('today'));
    await guest.getByText('Mali’s Bakery').first().waitFor();
    const { items } = await owner.members.list({ workspaceId });
    expect(items).toContainEqual(expect.objectContaining({ name: 'Ploy', role: 'approver' }));

    const late = await openTab(await openContext(), link);
    await late.getByRole('heading', { name: 'This invitation no longer works' }).waitFor();
    await late.getByText('Ask whoever invited you for a new one.', { exact: false }).waitFor();
  });

  it('an invitation for another address says for whom it is, and lets one be that one', async () => {
    const { link } = await owner.invitations.create({
      workspaceId,
      role: 'viewer',
      email: 'fah@bakery.example',
    });
    const page = await bakery.openPage(link);
    await page.getByText('It is for fah@bakery.example', { exact: false }).waitFor();
    const other = await openTab(await openContext(), link);
    expect(await other.getByLabel('E-mail').inputValue()).toBe('fah@bakery.example');
    expect(await other.getByLabel('E-mail').getAttribute('readonly')).not.toBeNull();
  });

  it('before anybody is signed in, a language can be chosen, and forms say in it what is missing', async () => {
    const page = await openTab(await openContext(), '/sign-in');
    await page.getByLabel('Language').selectOption('vi');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await button(page, 'Đăng nhập').click();
    await page
      .getByText(missing['required'] ?? '')
      .last()
      .waitFor();
    expect(await page.getByText(missing['required'] ?? '').count()).toBe(2);
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'email');
    await page.getByLabel('Email').fill('mali');
    await button(page, 'Đăng nhập').click();
    await page.getByText(missing['not-an-email'] ?? '').waitFor();
    await page.getByLabel('Email').fill('mali@bakery.example');
    await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('not the password');
    await button(page, 'Đăng nhập').click();
    // Also what the server says.
    await page.getByText('Email và mật khẩu', { exact: false }).waitFor();
  });

  it('who forgot the password hears the same for a known and an unknown address', async () => {
    const said: string[] = [];
    for (const email of ['mali@bakery.example', 'nobody@bakery.example']) {
      const page = await openTab(await openContext(), '/sign-in');
      await page.getByRole('link', { name: 'Forgotten your password?' }).click();
      // The screen before has a field of this name too.
      await button(page, 'Send me a link').waitFor();
      await page.getByLabel('E-mail').fill(email);
      await button(page, 'Send me a link').click();
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
      said.push(((await page.locator('main').textContent()) ?? '').replaceAll(email, '…'));
      await page.context().close();
    }
    expect(said[0]).toBe(said[1]);
  });

  it('a link from the mail sets a new password, with which one signs in', async () => {
    const { email } = await makeMember('Nid');
    const asking = await openTab(await openContext(), '/forgotten-password');
    await asking.getByLabel('E-mail').fill(email);
    await button(asking, 'Send me a link').click();
    await asking.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    // Without a mail server letters are printed on the console.
    const link = await until(
      async () => /https?:\/\/\S+\/reset#[\w-]+/.exec(bakery.product.output().split(email)[1] ?? '')?.[0] ?? '',
      (it) => it !== '',
      20_000,
    );
    const page = await openTab(await openContext(), link);
    await page.getByRole('textbox', { name: 'New password' }).fill('short');
    await button(page, 'Set the new password').click();
    await page.getByText('Use at least 10 characters.', { exact: false }).waitFor();
    await page.getByRole('textbox', { name: 'New password' }).fill('steamed rice at ten');
    await button(page, 'Set the new password').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('steamed rice at ten');
    await button(page, 'Sign in').click();
    await page.waitForURL('**/w/*/today');
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('textbox', { name: 'New password' }).fill('steamed rice at ten');
    await button(page, 'Set the new password').click();
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  });

  it('a key is made, shown once, works, and ends', async () => {
    const page = await bakery.openPage(bakery.at('api-keys'));
    await page.getByLabel('Name').fill('The till');
    await page.getByLabel('Plan').check();
    await button(page, 'Make the key').click();
    const secret = await page.getByLabel('The key', { exact: true }).inputValue();
    const ask = async () =>
      (
        await fetch(`${bakery.product.url}/api/workspaces/${workspaceId}/objectives`, {
          headers: { authorization: `Bearer ${secret}` },
        })
      ).status;
    expect(await ask()).toBe(200);
    await button(page, 'I have copied it').click();
    await page.reload();
    await page.getByText('The till').waitFor();
    expect(await page.content()).not.toContain(secret);
    await button(page, 'Revoke: The till').click();
    await button(page, 'Yes, revoke').click();
    await page.getByText('“The till” no longer works.').waitFor();
    expect(await ask()).toBe(401);
  });

  it('a device is signed out from another one', async () => {
    const { cookie, email } = await makeMember('Dao');
    const phone = await openTab(await openContext(), '/sign-in');
    await phone.getByLabel('E-mail').fill(email);
    await phone.getByRole('textbox', { name: 'Password' }).fill('rice flour at nine');
    await button(phone, 'Sign in').click();
    await phone.waitForURL('**/w/*/today');
    const desk = await openTab(await openContext(cookie), `/w/${workspaceId}/account`);
    await button(desk, /^Sign out: Chrome on/).click();
    await desk.getByText(/^Chrome on \w+ is signed out\.$/).waitFor();
    await phone.reload();
    await phone.waitForURL('**/sign-in?**');
    await desk.getByLabel('Language of your screens').selectOption('id');
    // In the language that holds from now on.
    await desk.getByText('Tersimpan.').waitFor();
  });

  it('the audit log tells in words who did what, and that it is whole', async () => {
    const page = await bakery.openPage(bakery.at('audit'));
    await page.getByText('opened the workspace').last().waitFor();
    await page.getByLabel('What to show').selectOption('apiKeys.revoke');
    await page.getByText('revoked an API key').last().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('ol.lines > li').length === 1);
    await button(page, 'Check the chain').click();
    await page.getByText('The chain is whole', { exact: false }).waitFor();
  });

  it('the operator opens registration, and then anybody finds the way to sign up; others see no such screen', async () => {
    const page = await bakery.openPage(bakery.at('installation'));
    await page.getByLabel('Anybody').check();
    await page.getByText('Saved.').waitFor();
    const guest = await openTab(await openContext(), '/sign-in');
    await guest.getByRole('link', { name: 'Sign up' }).click();
    await guest.getByLabel('Your name').fill('Chai');
    await guest.getByLabel('E-mail').fill('chai@tea.example');
    await guest.getByRole('textbox', { name: 'Password' }).fill('green tea at noon');
    await button(guest, 'Sign up').click();
    await guest.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    const link = await until(
      async () => /https?:\/\/\S+\/confirm#[\w-]+/.exec(bakery.product.output())?.[0] ?? '',
      (it) => it !== '',
      20_000,
    );
    await guest.goto(link);
    await guest.getByRole('textbox', { name: 'Password' }).fill('another password');
    await button(guest, 'Open my account').click();
    await guest.getByText('This is not the password you chose when you signed up.').waitFor();
    await guest.getByRole('textbox', { name: 'Password' }).fill('green tea at noon');
    await button(guest, 'Open my account').click();
    await guest.getByRole('heading', { name: 'Open a workspace' }).waitFor();
    await page.getByLabel('Only who is invited').check();

    const { cookie } = await makeMember('Som', 'manager');
    const other = await openTab(await openContext(cookie), `/w/${workspaceId}/members`);
    await other.getByRole('link', { name: 'Audit log' }).waitFor();
    expect(await other.getByRole('link', { name: 'Installation' }).count()).toBe(0);
  });

  it('happened without an error in the browser', () => {
    expect(bakery.complaints).toEqual([]);
  });
});
