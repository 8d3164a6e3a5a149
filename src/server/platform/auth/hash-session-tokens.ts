import { createHash } from 'node:crypto';
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth';

type Row = Record<string, unknown>;

/**
 * Lets the database see session tokens only as SHA-256, so that a copy of the database signs nobody in.
 *
 * Tokens are 32 random characters: a plain hash cannot be guessed back. A row found by its token carries the token it
 * was asked for; rows found otherwise carry the hash, which opens nothing.
 */
export function hashSessionTokens(inner: DBAdapter): DBAdapter {
  return {
    ...hashWithin(inner),
    transaction: (work) => inner.transaction((trx) => work(hashWithin(trx) as DBTransactionAdapter)),
  } as DBAdapter;
}

function hashWithin(inner: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...inner,
    create: async (options) => {
      const token = tokenIn(options.model, options.data);
      if (token === null) return inner.create(options);
      return withToken(await inner.create({ ...options, data: { ...options.data, token: hash(token) } }), token);
    },
    findOne: async (options) => withToken(await inner.findOne(hashed(options)), askedToken(options)),
    findMany: (options) => inner.findMany(hashed(options)),
    count: (options) => inner.count(hashed(options)),
    update: async (options) => {
      const token = tokenIn(options.model, options.update);
      const update = token === null ? options.update : { ...options.update, token: hash(token) };
      return withToken(await inner.update({ ...hashed(options), update }), token ?? askedToken(options));
    },
    updateMany: (options) => {
      const token = tokenIn(options.model, options.update);
      const update = token === null ? options.update : { ...options.update, token: hash(token) };
      return inner.updateMany({ ...hashed(options), update });
    },
    delete: (options) => inner.delete(hashed(options)),
    deleteMany: (options) => inner.deleteMany(hashed(options)),
    consumeOne: async (options) => withToken(await inner.consumeOne(hashed(options)), askedToken(options)),
  };
}

const hash = (token: string) => createHash('sha256').update(token).digest('hex');

function tokenIn(model: string, row: Row): string | null {
  const token = model === 'session' ? row['token'] : undefined;
  return typeof token === 'string' ? token : null;
}

function hashed<O extends { model: string; where?: Where[] | undefined }>(options: O): O {
  if (options.model !== 'session' || !options.where) return options;
  const where = options.where.map((condition): Where => {
    if (condition.field !== 'token') return condition;
    const { value } = condition;
    if (typeof value === 'string') return { ...condition, value: hash(value) };
    if (Array.isArray(value)) return { ...condition, value: value.map((each) => hash(String(each))) };
    return condition;
  });
  return { ...options, where };
}

function askedToken(options: { model: string; where: Where[] }): string | null {
  const value = options.model === 'session' ? options.where.find((w) => w.field === 'token')?.value : undefined;
  return typeof value === 'string' ? value : null;
}

function withToken<T>(row: T, token: string | null): T {
  return row && token !== null ? { ...row, token } : row;
}
