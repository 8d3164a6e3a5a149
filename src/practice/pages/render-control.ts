import { html } from 'hono/html';
import { nameMisbehaviour, presets } from '../control/presets.ts';
import type { Network } from '../network.ts';
import { accountKinds } from '../open-accounts.ts';
import { callKinds } from '../orders.ts';
import { type Html, renderDocument } from './render-document.ts';
import type { Words } from './words.ts';

const callsShown = 30;

/** The switches by which a person makes the network misbehave. */
export function renderControl(words: Words, network: Network): Promise<string> {
  const accounts = network.accounts.list();
  const handles: [string, string][] = accounts.map(({ handle }) => [handle, `@${handle}`]);
  const body = html`<h1>${words.control}</h1>
<p>${words.controlLead}</p>
<form method="post" action="/control/order">
${renderChoice(words.account, 'account', [['', words.everyone], ...handles])}
${renderChoice(words.call, 'call', [['', words.everyCall], ...callKinds.map(plain)])}
${renderChoice(words.misbehaviour, 'preset', [...presets.keys()].map(plain))}
${renderField(words.times, 'times', 'number', '1', html`min="1" max="10000"`)}
<button>${words.misbehave}</button>
</form>
${renderOrders(words, network)}
<h2>${words.accounts}</h2>
<ul>${accounts.map(
    ({ handle, kind }) => html`<li><a href="/@${handle}">@${handle}</a> <span class="quiet">${kind}</span>
${renderButton('expire', words.expire, ['account', handle])}${renderButton('revoke', words.revoke, ['account', handle])}</li>`,
  )}</ul>
<form method="post" action="/control/open-account">
${renderField(words.handle, 'handle', 'text', '', html`pattern="[a-z0-9][a-z0-9\\-]{0,39}" autocapitalize="none"`)}
${renderField(words.password, 'password', 'password', '', html`minlength="4" maxlength="200"`)}
${renderChoice(words.kind, 'kind', accountKinds.map(plain))}
<button>${words.openAccount}</button>
</form>
<form method="post" action="/control/outage">${renderField(words.outage, 'ms', 'number', '5000', html`min="1" max="60000"`)}<button>${words.misbehave}</button></form>
<form method="post" action="/control/clock">${renderField(words.clock, 'ms', 'number', String(network.clock.skewMs), html`min="-86400000" max="86400000"`)}<button>${words.misbehave}</button></form>
<h2>${words.lastCalls}</h2>
<ul>${network.calls
    .slice(-callsShown)
    .reverse()
    .map(
      ({ at, account, call, status }) =>
        html`<li><span class="quiet">${at.slice(11, 19)}</span> @${account ?? '–'} ${call} ${status ?? words.noAnswer}</li>`,
    )}</ul>`;
  return renderDocument(words, words.control, body);
}

const plain = (value: string): [string, string] => [value, value];

function renderOrders(words: Words, network: Network): Html | '' {
  const orders = network.orders.list();
  if (orders.length === 0) return '';
  return html`<h2>${words.orders}</h2>
<ul>${orders.map(
    ({ id, misbehaviour, account, call, times }) =>
      html`<li>${nameMisbehaviour(misbehaviour)} · ${account ? `@${account}` : words.everyone} · ${call ?? words.everyCall} · ${times ?? '∞'}
${renderButton('lift', words.lift, ['id', String(id)])}</li>`,
  )}</ul>
${renderButton('lift-all', words.liftAll)}`;
}

const renderButton = (verb: string, label: string, field?: [name: string, value: string]): Html =>
  html`<form class="one" method="post" action="/control/${verb}">${
    field ? html`<input type="hidden" name="${field[0]}" value="${field[1]}">` : ''
  }<button>${label}</button></form>`;

const renderChoice = (label: string, name: string, options: [value: string, label: string][]): Html =>
  html`<label>${label} <select name="${name}">${options.map(
    ([value, said]) => html`<option value="${value}">${said}</option>`,
  )}</select></label>`;

/** `limits` are those of control itself: the browser says what is wrong before anything that was entered is lost. */
const renderField = (label: string, name: string, type: string, value: string, limits: Html): Html =>
  html`<label>${label} <input name="${name}" type="${type}" value="${value}" ${limits} required autocomplete="off"></label>`;
