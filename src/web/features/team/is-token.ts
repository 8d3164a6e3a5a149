/** Can this be a token of ours at all? A link that was cut off in a mail cannot. */
export const isToken = (token: string): boolean => /^[\w-]{20,100}$/.test(token);
