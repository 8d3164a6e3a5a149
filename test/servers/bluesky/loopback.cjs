// Preloaded before the servers: whatever they ask for, they listen on 127.0.0.1 only.
const net = require('node:net');

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (first !== null && typeof first === 'object') {
    const isPort = first.port !== undefined && first.path === undefined && first.fd === undefined;
    return listen.call(this, isPort ? { ...first, host: '127.0.0.1' } : first, ...rest);
  }
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    const afterHost = typeof rest[0] === 'string' || rest[0] === undefined ? rest.slice(1) : rest;
    return listen.call(this, Number(first), '127.0.0.1', ...afterHost);
  }
  return first === undefined || typeof first === 'function'
    ? listen.call(this, 0, '127.0.0.1', ...(first ? [first] : rest))
    : listen.call(this, first, ...rest);
};
