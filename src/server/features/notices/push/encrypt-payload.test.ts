import { expect, test } from 'vitest';
import { encryptPayload, MOST_PAYLOAD_BYTES } from './encrypt-payload.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

/** RFC 8291, appendix A. */
const recipient = {
  p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
  auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
};

test('encrypts the example of the standard to the very same bytes', () => {
  const body = encryptPayload(Buffer.from('When I grow up, I want to be a watermelon'), recipient, {
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
  });
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('the same message is never the same bytes twice', () => {
  const message = Buffer.from('Bread');
  expect(encryptPayload(message, recipient).equals(encryptPayload(message, recipient))).toBe(false);
});

test('what no push service must take is not sent', () => {
  expect(() => encryptPayload(Buffer.alloc(MOST_PAYLOAD_BYTES + 1), recipient)).toThrow('too long');
});
