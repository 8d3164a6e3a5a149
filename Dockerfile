# An image of this checkout: docker build --tag goalpost .
# How to run it is in compose.yaml and docs/installing.md.

FROM node:24-bookworm-slim AS built
# The Node that Goalpost brings with it is linked to this library.
RUN apt-get update && apt-get install --yes --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# First what is installed, so that a change of the sources alone does not install again.
COPY package.json package-lock.json .npmrc ./
COPY tools/run.cjs tools/in-turn.cjs tools/start-flags.cjs tools/pose-as-own-node.cjs tools/
RUN npm run build
COPY . .
# Once the interface is built, what built it is not needed; nor are the headers beside the Node that runs all of it.
RUN npm run build \
 && rm -rf node_modules/@tabler node_modules/vite node_modules/@rolldown node_modules/lightningcss* \
      node_modules/node-linux-*/include node_modules/.cache /root/.npm

FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
# PostgreSQL, which runs inside, wants a user that the system knows.
RUN groupadd --system --gid 10001 goalpost \
 && useradd --system --uid 10001 --gid goalpost --home-dir /data --no-create-home --shell /usr/sbin/nologin goalpost \
 && install --directory --owner=goalpost --group=goalpost --mode=0700 /data
COPY --from=built /app /app
RUN ln -s /app/bin/goalpost.cjs /usr/local/bin/goalpost
# Without HOME and cache of its own Node would look for them in the image, which nobody may write to.
ENV PATH=/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/node-compile \
    GOALPOST_DATA_DIR=/data \
    GOALPOST_HOST=0.0.0.0
WORKDIR /app
USER goalpost
VOLUME /data
EXPOSE 4400
# A process that only works (GOALPOST_ROLES=worker) answers no addresses: switch this off there.
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.GOALPOST_PORT || 4400}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# With the flags of tools/start-flags.cjs.
CMD ["node", "--max-semi-space-size=24", "--heap-growing-percent=100", "src/server/entry/main.ts"]
