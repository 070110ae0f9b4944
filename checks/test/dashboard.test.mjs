import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, phone } from '../lib/browser.mjs';
import { BusInUse } from '../lib/bus-in-use.mjs';
import { until } from '../lib/until.mjs';

const screens = ['overview', 'timeline', 'targets', 'dead-letters', 'replays', 'quarantine', 'settings'];
const title = (screen) => (screen[0].toUpperCase() + screen.slice(1)).replace('-', ' ');

let use;
let bus;
let receiver;
let browser;
let page;

before(async () => {
  use = await BusInUse.start();
  ({ bus, receiver, browser } = use);
});

after(() => use?.close());

const publishOne = (type, payload) => use.publishOne(type, payload);
const open = async (screen) => {
  await page.goto(browser.address(screen));
  await page.getByRole('heading', { name: title(screen), level: 1 }).waitFor();
};
const button = (name, within = page) => within.getByRole('button', { name, exact: true });
const dialog = (name) => page.getByRole('dialog', { name });
const said = (text) => page.locator('.toast', { hasText: text }).first().waitFor();
const deliveriesOf = (id) => receiver.deliveries.filter(({ event }) => event.event_id === id);

test('only the admin key signs in', async () => {
  page = await browser.page();
  await page.getByLabel('Admin key').fill('another key than that');
  await button('Sign in').click();
  await page.getByRole('alert').filter({ hasText: 'key: expected the admin key, got another' }).waitFor();
  await page.getByLabel('Admin key').fill(bus.adminKey);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const [cookie] = await page.context().cookies();
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, 'Strict']);
  await page.reload();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});

test('the overview shows the figures, and new ones without a reload', async () => {
  const tile = (name) => page.locator('.tile', { has: page.getByText(name, { exact: true }) }).locator('dd');
  const shown = async () => Number(await tile('Published').innerText());
  const published = await shown();
  assert.ok(published > 66, `the tile says ${published}`);
  assert.equal(await tile('Quarantined').innerText(), '2');
  await page.getByRole('region', { name: 'Health' }).getByText('dead letters: expected at most 1 %').waitFor();
  await publishOne('status_operational');
  await until('the tile has the new figure', shown, { done: (number) => number > published });
  const chart = page.getByRole('img', { name: /^Throughput/ });
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.chart .cursor').waitFor({ state: 'attached' });
  await page.getByRole('link', { name: '15m' }).click();
  assert.match(page.url(), /\?window=15m$/);
});

test('the timeline follows, filters by its address, and can be paused', async () => {
  await open('timeline');
  const type = 'status_live_tail';
  await publishOne(type);
  await button(type).waitFor();
  await page.getByLabel('Type').fill('status_live_*');
  await button('Apply').click();
  await until('only these are listed', () => page.locator('tbody tr').count(), { done: (count) => count === 1 });
  assert.match(page.url(), /type=status_live_/);
  await page.reload();
  await button(type).waitFor();
  assert.equal(await page.getByLabel('Type').inputValue(), 'status_live_*');
  await button('Pause').click();
  await publishOne(type);
  await page.getByLabel('Status').selectOption('failed');
  await page.getByText('No event is like that').waitFor();
  await button('Clear').click();
  await button('Go live').click();
  await until('both are listed', () => button(type).count(), { done: (count) => count === 2 });
  await button('Load older').click();
  await until('a second page is listed', () => page.locator('tbody tr').count(), { done: (count) => count > 50 });
});

test('an event shows what is in it and what happened, and is sent again', async () => {
  const id = await publishOne('status_details', { nested: { list: [1, 'two'] }, exact: 1 });
  await page.goto(browser.address(`timeline?event=${id}`));
  const drawer = dialog('status_details');
  await drawer.getByText('"two"').waitFor();
  await drawer.getByText('status 200').waitFor();
  await button('Copy the command', drawer).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`curl -X POST[^]*/replay[^]*${id}`));
  await browser.look(page, 'event-light');
  await button('Replay', drawer).click();
  await button('Replay', dialog('Replay this event?')).click();
  await said('Replay to 1 target');
  await until('the event arrived again', () => deliveriesOf(id).length, { done: (count) => count === 2 });
  await button(`Replay here: ${receiver.url}`, drawer).click();
  await button('Replay', dialog('Replay to this target?')).click();
  await until('and again', () => deliveriesOf(id).length, { done: (count) => count === 3 });
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('event'));
});

test('an event that is not there is a sentence', async () => {
  await page.goto(browser.address('timeline?event=none'));
  await dialog('Event').getByRole('alert').filter({ hasText: 'event: expected the id of a stored one' }).waitFor();
  await button('Try again', dialog('Event')).waitFor();
});

test('a target is made, changed, paused and deleted; its secret is shown once', async () => {
  await open('targets');
  await button('New target').click();
  const form = dialog('New target');
  await form.getByLabel('URL').fill('ftp://example.com');
  await form.getByText('url: expected an absolute http or https URL').waitFor();
  await browser.look(page, 'target-form-light');
  await form.getByLabel('URL').fill('https://example.com/hook');
  await form.getByLabel('Description').fill('Archive');
  await form.getByLabel('Events').fill('never_seen');
  await form.getByText('url: expected').waitFor({ state: 'detached' });
  await button('Make the target', form).click();
  const secret = await dialog('The secret of the new target').locator('.secret').innerText();
  assert.match(secret, /^whsec_/);
  await button('I have kept it').click();
  assert.ok(!(await page.content()).includes(secret), 'the secret is still on the page');

  const target = page.getByRole('article', { name: 'Archive' });
  await button('Edit', target).click();
  await dialog('Edit target').getByText('More: limits').click();
  await dialog('Edit target').getByLabel('Most requests a second').fill('many');
  await dialog('Edit target').getByText('rate_per_second: expected').waitFor();
  await dialog('Edit target').getByLabel('Most requests a second').fill('5');
  await button('Save', dialog('Edit target')).click();
  await target.getByText('at most 5 a second').waitFor();
  await button('Pause', target).click();
  await target.getByText('paused').waitFor();
  await button('Resume', target).click();
  await target.getByText('ready').waitFor();
  await button('Delete', target).click();
  await button('Delete', dialog('Delete this target?')).click();
  await target.waitFor({ state: 'detached' });
});

test('a target that fails says so', async () => {
  const { id } = await bus.post(201, '/targets', { url: 'http://127.0.0.1:9/', secret: receiver.secret, events: ['status_down'], description: 'Down' });
  for (let i = 0; i < 10; i++) await publishOne('status_down');
  await open('targets');
  const target = page.getByRole('article', { name: 'Down' });
  await target.getByText(/Failing|Its last request failed/).waitFor();
  await bus.removeTarget(id);
  await target.waitFor({ state: 'detached' });
});

test('what was given up for a target is recovered', async () => {
  await open('targets');
  await button('Resume', page.getByRole('article', { name: 'On call' })).click();
  await said('The target gets events again.');
  await open('dead-letters');
  const group = page.getByRole('region', { name: 'On call' });
  await group.getByText('target paused', { exact: true }).click();
  await group.locator('tbody .row-link').first().waitFor();
  const arrived = receiver.deliveries.length;
  await button('Recover…', group).click();
  await button('Recover', dialog('Recover this target?')).click();
  await page.getByRole('heading', { name: 'Replays', level: 1 }).waitFor();
  const row = page.getByRole('row', { name: /Recovery of On call/ });
  await row.getByText('done').waitFor();
  assert.equal(await row.getByRole('progressbar').getAttribute('aria-valuenow'), '100');
  await until('they arrived', () => receiver.deliveries.length, { done: (count) => count > arrived });
});

test('a record in quarantine is shown raw', async () => {
  await open('quarantine');
  await page.locator('.row-link', { hasText: 'type: expected' }).click();
  const drawer = dialog('A record that could not be used');
  await drawer.getByText('{"no":"type"}').waitFor();
  await button('As bytes', drawer).click();
  await drawer.getByText('7b 22 6e 6f 22').waitFor();
  await page.keyboard.press('Escape');
});

test('a setting is changed, refused with a sentence, and set back', async () => {
  await open('settings');
  const form = page.locator('.card', { has: page.getByRole('heading', { name: 'Sampling' }) });
  await form.getByLabel('Sampling').fill('{"audit.user": 7}');
  await button('Save', form).click();
  await form.getByRole('alert').filter({ hasText: 'expected' }).waitFor();
  await form.getByLabel('Sampling').fill('{"audit.never": 0.5}');
  await button('Save', form).click();
  await said('Saved: it is in force.');
  assert.deepEqual(await bus.get('/settings/sampling'), { 'audit.never': 0.5 });
  await button('Back to the default', form).click();
  await said('The default is in force again.');
  assert.deepEqual(await bus.get('/settings/sampling'), { 'audit.data.query': 0.1, 'audit.performance': 0.05 });
});

test('the keyboard alone gets everywhere', async () => {
  await page.goto(browser.address());
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByRole('link', { name: 'AJ Event Bus' }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Targets', level: 1 }).waitFor();
});

const looks = {
  light: { viewport: desktop, colorScheme: 'light' },
  dark: { viewport: desktop, colorScheme: 'dark' },
  phone: { viewport: phone, colorScheme: 'light' },
};

test('every screen is whole in light, in dark and on a phone', async () => {
  await Promise.all(Object.entries(looks).map(async ([name, options]) => {
    const stranger = await browser.page(options);
    await stranger.getByLabel('Admin key').waitFor();
    await browser.look(stranger, `sign-in-${name}`);
    await stranger.context().close();
    const one = await browser.signedIn(options);
    for (const screen of screens) {
      await one.goto(browser.address(screen === 'overview' ? '' : screen));
      await one.getByRole('heading', { name: title(screen), level: 1 }).waitFor();
      await one.locator('.bones').waitFor({ state: 'detached' });
      await browser.look(one, `${screen}-${name}`);
    }
    await one.context().close();
  }));
});

test('the colours can be chosen', async () => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await background();
  await button('Dark colours').click();
  assert.notEqual(await background(), before);
  await page.reload();
  await button('Light colours').click();
  assert.equal(await background(), before);
});

test('a restart of the bus shows as reconnecting, and the session goes on', async () => {
  await page.goto(browser.address('timeline'));
  await page.locator('tbody tr').first().waitFor();
  await bus.stop();
  await page.getByText('Reconnecting: the admin API does not answer').waitFor();
  assert.ok((await page.locator('tbody tr').count()) > 0, 'the list went away with the bus');
  await bus.start();
  await page.getByText('Reconnecting').waitFor({ state: 'detached' });
  await page.locator('tbody tr').first().waitFor();
});

test('signing out ends what the browser may do', async () => {
  await button('Sign out').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await page.context().cookies(), []);
});

test('no page had anything to complain about', () => {
  assert.deepEqual(browser.complaints, []);
});
