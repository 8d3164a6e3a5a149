import { expect, test } from 'vitest';
import { sha256, signRequest } from './sign-request.ts';

// The examples AWS publishes: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const login = {
  keyId: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const at = new Date('2013-05-24T00:00:00Z');
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const signatureOf = (method: string, address: string, headers: Record<string, string>, bodySha256 = empty) =>
  /Signature=([0-9a-f]{64})$/.exec(
    signRequest({ method, url: new URL(address), headers, bodySha256, at }, login)['authorization'] ?? '',
  )?.[1];

test('signs a read of a range as AWS does', () => {
  expect(signatureOf('GET', 'https://examplebucket.s3.amazonaws.com/test.txt', { range: 'bytes=0-9' })).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

test('signs a written file as AWS does', () => {
  const headers = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
  const body = sha256('Welcome to Amazon S3.');
  expect(signatureOf('PUT', 'https://examplebucket.s3.amazonaws.com/test%24file.text', headers, body)).toBe(
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  );
});

test('signs a question without a value as AWS does', () => {
  expect(signatureOf('GET', 'https://examplebucket.s3.amazonaws.com/?lifecycle', {})).toBe(
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  );
});

test('signs a list as AWS does', () => {
  expect(signatureOf('GET', 'https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J', {})).toBe(
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  );
});

test('gives what it signed back, with the time and the hash of the body', () => {
  const url = new URL('http://127.0.0.1:9000/bucket/a');
  const sent = signRequest(
    { method: 'PUT', url, headers: { 'content-type': 'image/webp' }, bodySha256: empty, at },
    login,
  );
  expect(sent).toMatchObject({
    'content-type': 'image/webp',
    'x-amz-content-sha256': empty,
    'x-amz-date': '20130524T000000Z',
  });
  expect(sent['authorization']).toContain('SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date,');
  expect(sent).not.toHaveProperty('host');
});
