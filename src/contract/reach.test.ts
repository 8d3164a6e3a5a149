import { expect, it } from 'vitest';
import { reachOf } from './reach.ts';

it.each([
  'http://localhost:4400/p/annas-bakery',
  'http://bakery.localhost',
  'http://127.0.0.1:4400',
  'http://127.9.1.1',
  'http://2130706433/',
  'http://0.0.0.0:4400',
  'http://[::1]:4400',
  'http://localhost./p/a',
  'no address',
])('says that only this computer can open %s', (address) => {
  expect(reachOf(address)).toBe('computer');
});

it.each([
  'http://192.168.1.20:4400',
  'http://10.1.2.3',
  'http://172.16.0.1',
  'http://172.31.255.1',
  'http://169.254.3.4',
  'http://100.64.0.1',
  'http://100.127.0.1',
  'http://[fd12:3456::1]',
  'http://[fe80::1]',
  'http://nas:4400',
  'http://office.local',
  'http://shop.lan/p/a',
  'http://box.home.arpa',
])('says that only its own network can open %s', (address) => {
  expect(reachOf(address)).toBe('network');
});

it.each([
  'https://social.example.org/p/annas-bakery',
  'http://172.32.0.1',
  'http://100.128.0.1',
  'http://10.example.org',
  'https://localhost.example.org',
  'http://[2001:db9::1]',
  'https://xn--bcker-gra.example',
])('says that everyone can open %s', (address) => {
  expect(reachOf(address)).toBe('everyone');
});
