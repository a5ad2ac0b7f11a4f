FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# What Node never loads (types, maps, documents, builds for browsers) is taken out; more than 90 MB fails the build.
RUN npm run build && npm prune --omit=dev && node scripts/prune-production.mjs --most 90

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production PARTNER_CLOUD_DATA=/var/lib/partner-cloud/data PARTNER_CLOUD_KEYS=/var/lib/partner-cloud/keys
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/config ./config
COPY --from=build /app/docs/proofs ./docs/proofs
# Only this folder is written: the root file system may be read-only.
RUN mkdir -p /var/lib/partner-cloud/data /var/lib/partner-cloud/keys && chown -R node:node /var/lib/partner-cloud
USER node
VOLUME /var/lib/partner-cloud
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The shell form would swallow SIGTERM, which the service needs in order to stop cleanly.
CMD ["node", "dist/main.js"]
